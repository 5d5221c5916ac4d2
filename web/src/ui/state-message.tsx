import type { ReactNode } from 'react'
import classes from './state-message.module.css'

export type StateMessageProps = {
  icon: ReactNode
  title: string
  /** What it means and what to do next, in plain words. */
  children?: ReactNode
  action?: ReactNode
  /** Interrupts a screen reader; for what went wrong. */
  isAlert?: boolean
}

/** Stands where content would be: nothing there, not allowed, went wrong. */
export function StateMessage({ icon, title, children, action, isAlert = false }: StateMessageProps) {
  return (
    <div className={classes.root} role={isAlert ? 'alert' : undefined}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  )
}
