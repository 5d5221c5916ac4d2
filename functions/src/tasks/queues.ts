/** How much work of one kind is done at once, how long one piece may take (s), and how often it is tried. */
export interface QueueLimits {
  concurrency: number
  timeoutSeconds: number
  attempts: number
}

/** The queues there are; each has one `onTaskDispatched` function of the same name. */
export const QUEUES = {
  summarizeChat: { concurrency: 20, timeoutSeconds: 120, attempts: 5 },
  summarizeEnded: { concurrency: 20, timeoutSeconds: 120, attempts: 5 },
  summarizeCall: { concurrency: 50, timeoutSeconds: 120, attempts: 5 },
  judgeUrgency: { concurrency: 50, timeoutSeconds: 60, attempts: 3 },
  assistWorker: { concurrency: 50, timeoutSeconds: 60, attempts: 3 },
  answerAsProspect: { concurrency: 50, timeoutSeconds: 120, attempts: 5 },
  summarizeSession: { concurrency: 20, timeoutSeconds: 180, attempts: 5 },
} as const satisfies Record<string, QueueLimits>

/**
 * When the task is meant to begin, ms since 1970. Its queue says so too, but for a repetition that of the repetition, and the
 * emulator not at all.
 */
export const DUE_HEADER = 'x-lifeline-due'

export type QueueName = keyof typeof QUEUES

/** Ids only: what the work is about is read when it is done. */
export type TaskData = Readonly<Record<string, string | number>>

export interface Task {
  /** Names the work: a second task of one key is the same task, and is not made. Hashed before it leaves the process. */
  key: string
  data: TaskData
  /** Not before so many ms from now. A hint: the emulator ignores it, and delivery may be minutes late. */
  afterMs?: number
}

/** Work done later, at least once, by Cloud Tasks (DESIGN 6). */
export interface TaskQueues {
  /** Resolves when the queue has the task, or had it before. Throws `AppError` `unavailable` when it cannot be reached. */
  enqueue(queue: QueueName, task: Task): Promise<void>
  /**
   * Takes a task out again that has not begun; one that is not there, or no longer, is no error. What has begun goes
   * on, so a handler looks for itself whether its work is still wanted. Throws `AppError` `unavailable`.
   */
  remove(queue: QueueName, key: string): Promise<void>
}
