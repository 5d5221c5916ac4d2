/**
 * Why a rules file was refused. The message is made for whoever wrote the rules: it names the line and, where there
 * is one, the rule's place in the tree.
 */
export class RulesError extends Error {
  /** Line in the uploaded text, counted from 1. */
  readonly line: number
  /** Place in the rules tree, such as `/calls/$id/.write`; empty for the file as a whole. */
  readonly path: string

  constructor(reason: string, line: number, path = '') {
    super(path === '' ? `Line ${line}: ${reason}` : `Line ${line}: ${reason} (at ${path})`)
    this.name = 'RulesError'
    this.line = line
    this.path = path
  }
}
