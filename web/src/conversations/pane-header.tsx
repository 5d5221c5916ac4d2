import type { ReactNode } from 'react'
import classes from './pane-header.module.css'

export type PaneHeaderProps = {
  badge?: ReactNode
  title: string
  /** How current it is, in words. */
  connection: ReactNode
  actions?: ReactNode
  /** What stands in the corner, however much is beside it. */
  corner: ReactNode
  /** `Fact`s. */
  children: ReactNode
}

/** What stands above the messages of a conversation, and never scrolls away. */
export function PaneHeader({ badge, title, connection, actions, corner, children }: PaneHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.line}>
        {badge}
        <h2 className={classes.who}>
          <bdi>{title}</bdi>
        </h2>
        <span className={classes.connection}>{connection}</span>
        {actions}
      </div>
      <div className={classes.corner}>{corner}</div>
      <dl className={`${classes.facts} numbers`}>{children}</dl>
    </header>
  )
}

export function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  )
}
