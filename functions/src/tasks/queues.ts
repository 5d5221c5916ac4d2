/** The queues there are; each has one `onTaskDispatched` function of the same name. */
export type QueueName =
  'summarizeChat' | 'summarizeCall' | 'assistWorker' | 'answerAsProspect' | 'summarizeSession'

export interface Task {
  /** Names the work: a second task of one key is the same task, and is not made. Hashed before it leaves the process. */
  key: string
  /** Ids only: what the work is about is read when it is done. */
  data: Readonly<Record<string, string | number>>
  /** Not before so many ms from now. A hint: the emulator ignores it, and delivery may be minutes late. */
  afterMs?: number
}

/** Work done later, at least once, by Cloud Tasks (DESIGN 6). */
export interface TaskQueues {
  /** Resolves when the queue has the task, or had it before. Throws `AppError` `unavailable` when it cannot be reached. */
  enqueue(queue: QueueName, task: Task): Promise<void>
  /** Takes a task out again that has not begun; one that is not there, or no longer, is no error. */
  remove(queue: QueueName, key: string): Promise<void>
}
