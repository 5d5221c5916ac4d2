import type { ImportReport } from '@lifeline/functions/contract'
import { Button, FileButton, Group } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { describeError } from '../api/errors.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './import-dialog.module.css'
import { type ImportFile, readImportFile } from './read-import-file.ts'
import { useQaApi } from './qa-api.ts'
import { PROSPECTS_KEY } from './use-prospects.ts'
import { plural } from './words.ts'

/** Brings prospects in from a file: first it is only checked, and the report says what would happen. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const api = useQaApi()
  const queries = useQueryClient()
  const reset = useRef<() => void>(null)
  const [file, setFile] = useState<ImportFile | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const {
    mutate,
    data,
    error,
    isPending,
    reset: forget,
  } = useMutation({
    mutationFn: ({ format, content, isDry }: ImportFile & { isDry: boolean }) =>
      api.importProspects({ format, content, dry_run: isDry }),
    onSuccess: ({ dry_run }) => {
      if (!dry_run) void queries.invalidateQueries({ queryKey: [PROSPECTS_KEY] })
    },
  })
  const take = async (chosen: File | null) => {
    // The same file, mended, can be chosen again.
    reset.current?.()
    if (chosen === null) return
    forget()
    const read = await readImportFile(chosen)
    setRefusal(read.ok ? null : read.reason)
    setFile(read.ok ? read.file : null)
    if (read.ok) mutate({ ...read.file, isDry: true })
  }
  const close = () => {
    forget()
    setFile(null)
    setRefusal(null)
    onClose()
  }
  const isDone = data !== undefined && !data.dry_run
  const willTake = data !== undefined && data.dry_run ? data.created + data.updated : 0
  return (
    <Dialog title="Import prospects" opened={opened} onClose={close}>
      <div className={classes.dialog}>
        <p className={classes.note}>
          A CSV file with a header, or a JSON array. <code>lead_id</code> is needed; <code>full_name</code>,{' '}
          <code>lead_classification</code> (hot, warm, cold) and the rest are welcome, and facts stand in
          columns such as <code>statement</code>, <code>belief</code>, <code>like</code>, a line each. A
          prospect that is there already is replaced. Rows are counted without the header.
        </p>
        <FileButton
          onChange={(chosen) => void take(chosen)}
          accept=".csv,.json,text/csv,application/json"
          resetRef={reset}
        >
          {(props) => (
            <Button
              {...props}
              variant={file === null ? 'filled' : 'default'}
              leftSection={<IconUpload size={16} aria-hidden />}
              loading={isPending && file === null}
            >
              {file === null ? 'Choose a file' : 'Choose another file'}
            </Button>
          )}
        </FileButton>
        {refusal !== null && (
          <p className={classes.problem} role="alert">
            {refusal}
          </p>
        )}
        {error !== null && (
          <p className={classes.problem} role="alert">
            {describeError(error)}
          </p>
        )}
        {file !== null && <Report name={file.name} report={data} isPending={isPending} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {isDone ? 'Close' : 'Leave it'}
          </Button>
          {!isDone && file !== null && (
            <Button
              disabled={willTake === 0}
              loading={isPending}
              onClick={() => mutate({ ...file, isDry: false })}
            >
              {willTake === 0 ? 'Import' : `Import ${plural(willTake, 'prospect', 'prospects')}`}
            </Button>
          )}
        </Group>
      </div>
    </Dialog>
  )
}

type ReportProps = { name: string; report: ImportReport | undefined; isPending: boolean }

function Report({ name, report, isPending }: ReportProps) {
  return (
    <div>
      <p className={classes.result} role="status">
        <bdi>{name}</bdi>:{' '}
        {report === undefined ? (
          isPending ? (
            'checking…'
          ) : (
            'not checked'
          )
        ) : (
          <strong>{sayResult(report)}</strong>
        )}
      </p>
      {report !== undefined && report.problems.length > 0 && (
        <div className={classes.problems} tabIndex={0} role="region" aria-label="What is wrong in the file">
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">Row</th>
                <th scope="col">Prospect</th>
                <th scope="col">What to do</th>
              </tr>
            </thead>
            <tbody>
              {report.problems.map(({ row, lead_id, field, problem }) => (
                <tr key={`${row} ${field} ${problem}`}>
                  <td>{row === 0 ? 'File' : row}</td>
                  <td>
                    <bdi>{lead_id ?? '–'}</bdi>
                  </td>
                  <td>
                    {field !== null && <code>{field}</code>} {problem}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

function sayResult({ created, updated, rejected, dry_run }: ImportReport): string {
  const parts = [
    `${created} new`,
    `${updated} replaced`,
    ...(rejected > 0 ? [`${plural(rejected, 'row', 'rows')} with a problem left out`] : []),
  ].join(', ')
  return dry_run ? `would be ${parts}. Nothing is changed yet.` : `${parts}.`
}
