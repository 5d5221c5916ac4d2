/** Tokens as the server counted them; 0 where it does not say. */
export interface TokenUsage {
  prompt: number
  completion: number
}

/** How one run of a job went, for logs and measures: names and numbers, never anybody's words. */
export interface ModelCall {
  job: string
  model: string
  /**
   * `answered` at once or after retries, `repaired` after a second turn, `transient` and `permanent` failures, `aborted`
   * by the caller; `offline`: no model is set up.
   */
  outcome: 'answered' | 'repaired' | 'transient' | 'permanent' | 'aborted' | 'offline'
  /** Why it failed, in a word of ours. */
  reason: string | null
  tookMs: number
  /** Requests made of the server. */
  requests: number
  tokens: TokenUsage
}

export type ObserveCall = (call: ModelCall) => void
