import { Kbd } from '@mantine/core'
import { Dialog } from '../ui/dialog.tsx'
import { SHORTCUTS } from './keyboard.ts'
import classes from './keyboard-help.module.css'

/** What the keys do. */
export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keyboard" opened={opened} onClose={onClose}>
      <dl className={classes.list}>
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
