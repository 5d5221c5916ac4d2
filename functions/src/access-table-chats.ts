/** The rows of spec 2's routes; see `access-table.ts`. */
export const CHAT_ROWS = {
  'POST /chats': {
    body: {
      conversation_id: 'meeting_123',
      user_id: 'ben',
      messages: [{ content: 'Hello', timestamp: '2023-01-01T09:00:00' }],
    },
    anybody: '403 403 200 200 200 200 200 200 401',
  },
  'GET /chats/{conversation_id}': {
    unassigned: '404 404 404 404 404 404 404 404 401',
    held: '404 404 404 404 404 404 404 404 401',
    archived: '404 404 404 404 404 404 404 404 401',
  },
  'POST /chats/summarize': {
    body: { conversation_id: 'meeting_456', summary_type: 'brief' },
    anybody: '404 404 404 404 404 404 404 404 401',
  },
  'GET /chats/{conversation_id}/summary': {
    unassigned: '404 404 404 404 404 404 404 404 401',
    held: '404 404 404 404 404 404 404 404 401',
    archived: '404 404 404 404 404 404 404 404 401',
  },
  'GET /chats/{conversation_id}/summary/stream': {
    unassigned: '404 404 200 200 200 200 404 404 401',
    held: '404 404 200 403 200 403 404 404 401',
    archived: '404 404 200 403 200 403 404 404 401',
  },
  'GET /users/{user_id}/chats': { fill: { user_id: 'ben' }, anybody: '403 403 200 200 200 200 200 200 401' },
}
