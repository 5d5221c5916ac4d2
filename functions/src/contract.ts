/** What the web client and the local suite may import from this package: schemas and their types, nothing else. */
export * from './auth/schema.ts'
export * from './calls/schema.ts'
export * from './conversations/schema.ts'
export * from './conversations/socket/schema.ts'
export * from './media/schema.ts'
export * from './platform/schema.ts'
export * from './streaming/schema.ts'
export * from './templates/schema.ts'
