import { z } from 'zod'

export const MessageRole = z.enum(['user', 'assistant', 'admin', 'system'])
export type MessageRole = z.infer<typeof MessageRole>
