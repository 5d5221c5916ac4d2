import type { QuestionSession } from '@lifeline/functions/contract'
import { Button, Menu, VisuallyHidden } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { saveFile } from '../ui/save-file.ts'
import { sessionCsv, sessionJson } from './session-csv.ts'

const FORMATS = {
  csv: { label: 'CSV, for a spreadsheet', type: 'text/csv;charset=utf-8', write: sessionCsv },
  json: { label: 'JSON, with everything', type: 'application/json', write: sessionJson },
}

/** The session as it is on the screen, as a file. */
export function ExportMenu({ session }: { session: QuestionSession }) {
  const [saved, setSaved] = useState('')
  const save = (format: keyof typeof FORMATS) => {
    const { type, write } = FORMATS[format]
    saveFile(new Blob([write(session)], { type }), `${session.session_id}.${format}`)
    setSaved(`The ${format.toUpperCase()} was saved.`)
  }
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save('csv')}>{FORMATS.csv.label}</Menu.Item>
          <Menu.Item onClick={() => save('json')}>{FORMATS.json.label}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <VisuallyHidden role="status">{saved}</VisuallyHidden>
    </>
  )
}
