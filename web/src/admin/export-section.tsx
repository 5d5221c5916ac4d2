import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { saveFile } from '../ui/save-file.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import classes from './sections.module.css'

/** The conversation as a file, active or ended. Who exports it stands in the audit log. */
export function ExportSection({ conversation: { call } }: DetailsProps) {
  const { client } = useServices()
  const { conversation_id: id } = call
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async (format: 'json' | 'pdf') => {
      saveFile(await client.exportConversation(id, format, AbortSignal.timeout(120_000)), `${id}.${format}`)
      return format
    },
  })
  return (
    <DetailsSection title="Export">
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="sm"
            variant="default"
            loading={isPending}
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            Export the conversation
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => mutate('pdf')}>PDF, to read and print</Menu.Item>
          <Menu.Item onClick={() => mutate('json')}>JSON, to check by its digest</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <p className={classes.line} role="status">
        {isPending
          ? 'The file is being made…'
          : data !== undefined && error === null && `The ${data.toUpperCase()} was saved.`}
      </p>
      {error !== null && (
        <p className={classes.line} role="alert">
          The export failed. {describeError(error)}
        </p>
      )}
    </DetailsSection>
  )
}
