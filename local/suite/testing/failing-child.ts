/** A child that ends before it is ready, and says why. */
process.stderr.write('no disk left\n')
process.exitCode = 3
