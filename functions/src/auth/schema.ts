import { z } from 'zod'
import { Id } from '../platform/schema.ts'

/** `agent` works calls, `manager` also sees those of their own agents, `admin` administers a company. */
export const AdminRole = z.enum(['agent', 'manager', 'admin'])
export type AdminRole = z.infer<typeof AdminRole>

export const Role = z.enum(['worker', ...AdminRole.options])
export type Role = z.infer<typeof Role>

/** Custom claims of every identity (DESIGN 3). */
export const Claims = z.object({ role: Role, company_id: Id })
export type Claims = z.infer<typeof Claims>

/** Who somebody is to us: what an access token says, and nothing that changes often. */
export const Identity = Claims.extend({ uid: Id })
export type Identity = z.infer<typeof Identity>

const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const Password = z.string().min(1).max(1_024)
const RefreshToken = z.string().min(20).max(512)

export const LoginBody = z.object({
  email: Email,
  password: Password,
  /** `cookie`: the refresh token goes into an HttpOnly cookie and never to a script; for browsers. */
  refresh: z.enum(['body', 'cookie']).default('body'),
})
export type LoginBody = z.input<typeof LoginBody>

/** OAuth2 password grant as `OAuth2PasswordBearer` clients send it: form-encoded (RFC 6749 §4.3.2). */
export const TokenForm = z.object({
  grant_type: z.literal('password').default('password'),
  username: Email,
  password: Password,
  scope: z.string().max(200).default(''),
})

/** `refresh_token` is left out by browsers that hold it in the cookie. */
export const RefreshBody = z.object({ refresh_token: RefreshToken.optional() })
export const LogoutBody = RefreshBody.clone()

/** RFC 6749 §5.1. `expires_in` is in seconds. */
export const TokenReply = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  expires_in: z.int().positive(),
  refresh_token: z.string().optional(),
})
export type TokenReply = z.infer<typeof TokenReply>

/** Who a verified token speaks for. */
export const Me = z.object({
  uid: Id,
  role: Role,
  company_id: Id,
  company_name: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  manager_id: Id.nullable(),
})
export type Me = z.infer<typeof Me>

export const MeReply = z.object({ success: z.literal(true), user: Me })
export const LoginReply = TokenReply.extend({ success: z.literal(true), user: Me })
export type LoginReply = z.infer<typeof LoginReply>

export const LogoutReply = z.object({ success: z.literal(true) })
