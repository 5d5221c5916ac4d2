import type { Directory } from '../conversations/directory.ts'
import type { AlarmSubject } from './policy.ts'
import type { AlarmRecord } from './schema.ts'

/** Gathers what the policy asks about an alarm. */
export async function subjectOfAlarm(
  { company_id, audience, holder_id }: Pick<AlarmRecord, 'company_id' | 'audience' | 'holder_id'>,
  directory: Directory,
): Promise<AlarmSubject> {
  const holder = holder_id === null ? null : await directory.admin(holder_id)
  return {
    companyId: company_id,
    audience,
    holder:
      holder_id === null
        ? null
        : {
            adminId: holder_id,
            companyId: holder?.company_id ?? null,
            managerId: holder?.manager_id ?? null,
          },
  }
}
