/** What rules see as `auth`: null, or `{uid, provider, token}`, or whatever `authvar` stands in for it. */
export type RuleAuth = Readonly<Record<string, unknown>> | null

/** Who asks: an administrator, whom no rule stops, or a client that the rules judge by its `auth`. */
export type Access = { readonly admin: true } | { readonly admin: false; readonly auth: RuleAuth }

export const administrator: Access = { admin: true }
export const anonymous: Access = { admin: false, auth: null }
