import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import type { ReactNode } from 'react'
import classes from './count-chart.module.css'
import { percent } from './words.ts'

export type CountRow = {
  label: string
  /** In place of the label in the table. */
  mark?: ReactNode
  count: number
  color: string
}

export type CountChartProps = {
  title: string
  /** What is counted, as the heading of its column. */
  what: string
  rows: readonly CountRow[]
  /** What a share is a share of. */
  total: number
}

/** Heights in px. */
const BAND = 36
const AXIS = 32

/** Counts as bars for the eye, and the same beside them as a table for everybody. */
export function CountChart({ title, what, rows, total }: CountChartProps) {
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.title}>{title}</figcaption>
      <div className={classes.bars} aria-hidden>
        <BarChart
          h={rows.length * BAND + AXIS}
          data={rows.map(({ label, count, color }) => ({ label, count, color }))}
          dataKey="label"
          series={[{ name: 'count', color: 'var(--accent)' }]}
          orientation="vertical"
          gridAxis="x"
          tickLine="none"
          withTooltip={false}
          withBarValueLabel
          accessibilityLayer={false}
          maxBarWidth={20}
          xAxisProps={{ allowDecimals: false, domain: [0, Math.max(1, ...rows.map(({ count }) => count))] }}
          yAxisProps={{ width: 112 }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ margin: { left: 0, right: 24, top: 0, bottom: 0 } }}
        />
      </div>
      <table className={`${classes.table} numbers`}>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            <th scope="col">People</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, mark, count }) => (
            <tr key={label}>
              <th scope="row" dir="auto">
                {mark ?? label}
              </th>
              <td>{count}</td>
              <td>{total === 0 ? '–' : percent(count / total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
