import type { Colleague } from '@lifeline/functions/contract'
import { Button, Group, Radio, TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import classes from './transfer-control.module.css'

/** From so many colleagues on they can be searched. */
const SEARCH_FROM = 8

export type TransferControlProps = {
  /** Everybody else of the company; `undefined` until they are known. */
  colleagues: readonly Colleague[] | undefined
  isBusy: boolean
  onOffer: (adminId: string) => void
}

/** Lets the holder offer a call to a colleague by name. */
export function TransferControl({ colleagues, isBusy, onOffer }: TransferControlProps) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconArrowRight size={16} aria-hidden />}
        loading={isBusy}
        onClick={() => setOpen(true)}
      >
        Transfer
      </Button>
      <Dialog title="Offer this call to a colleague" opened={isOpen} onClose={close}>
        <ColleagueForm
          colleagues={colleagues}
          onCancel={close}
          onSubmit={(adminId) => {
            close()
            onOffer(adminId)
          }}
        />
      </Dialog>
    </>
  )
}

type ColleagueFormProps = {
  colleagues: readonly Colleague[] | undefined
  onCancel: () => void
  onSubmit: (adminId: string) => void
}

function ColleagueForm({ colleagues, onCancel, onSubmit }: ColleagueFormProps) {
  const [chosen, setChosen] = useState('')
  const [search, setSearch] = useState('')
  const [isChecked, setChecked] = useState(false)
  const found = colleagues?.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (chosen !== '') onSubmit(chosen)
  }
  return (
    <form onSubmit={submit} noValidate>
      <p className={classes.explain}>
        You keep the call until they accept. They can read it meanwhile; without an answer the offer lapses.
      </p>
      {(colleagues?.length ?? 0) >= SEARCH_FROM && (
        <TextInput
          label="Find a colleague"
          mb={12}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {colleagues?.length === 0 || colleagues === undefined ? (
        <p className={classes.explain} role="status">
          {colleagues === undefined
            ? 'Your colleagues cannot be loaded yet. We keep trying by ourselves.'
            : 'Your company has nobody else to whom it could be offered.'}
        </p>
      ) : (
        <Radio.Group
          label="To whom?"
          value={chosen}
          onChange={setChosen}
          error={isChecked && chosen === '' ? 'Choose a colleague.' : undefined}
        >
          <div className={classes.choices}>
            {found?.map(({ admin_id, name, role }) => (
              <Radio key={admin_id} value={admin_id} label={name} description={role} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Group justify="flex-end" mt={16}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" disabled={(colleagues?.length ?? 0) === 0}>
          Offer the call
        </Button>
      </Group>
    </form>
  )
}
