import { spawnSync } from 'node:child_process'

/** The oldest Java that the database emulators of firebase-tools run on. */
export const OFFICIAL_NEEDS_JAVA = 21

/** Major version of the `java` on the path; 0 when there is none. */
export function javaVersion(): number {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  if (error) return 0
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0)
}
