import { Avatar } from '@mantine/core'
import type { PersonaBase } from '@lifeline/functions/contract'
import { initialsOf } from '../ui/initials.ts'

export const nameOf = ({ full_name, lead_id }: Pick<PersonaBase, 'full_name' | 'lead_id'>): string =>
  full_name || lead_id

/** The portrait of a prospect, or their initials where there is none or it does not load. For the eye only. */
export function Portrait({ persona, size = 32 }: { persona: PersonaBase; size?: number }) {
  return (
    <Avatar
      src={persona.profile_image_url ?? null}
      size={size}
      radius={999}
      aria-hidden
      alt=""
      imageProps={{ referrerPolicy: 'no-referrer', loading: 'lazy' }}
      styles={{ placeholder: { background: 'var(--surface-sunken)', color: 'var(--text-quiet)' } }}
    >
      {initialsOf(nameOf(persona))}
    </Avatar>
  )
}
