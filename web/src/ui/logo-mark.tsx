import classes from './logo-mark.module.css'

/** The product's sign and name. */
export function LogoMark() {
  return (
    <span className={classes.root}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M4 17h6l3-8 5 15 3-7h7"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Lifeline
    </span>
  )
}
