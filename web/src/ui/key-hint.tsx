import classes from './key-hint.module.css'

/** The key that does the same as the button it stands in; for the eye only. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd className={classes.key} aria-hidden>
      {children}
    </kbd>
  )
}
