import classes from './chat.module.css'

/** What a program said about a message besides its words: closed, and read as it was stored. */
export function MetadataView({ metadata }: { metadata: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return null
  return (
    <details className={classes.metadata}>
      <summary>{entries.length === 1 ? '1 further fact' : `${entries.length} further facts`}</summary>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd dir="auto">{typeof value === 'string' ? value : JSON.stringify(value, null, 1)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
