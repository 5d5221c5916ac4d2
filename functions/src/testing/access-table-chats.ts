/** The rows of spec 2's routes; see `access-table.ts`. */
export const CHAT_ROWS = {
  'POST /chats': {
    body: {
      conversation_id: 'meeting_123',
      user_id: 'sam',
      messages: [{ content: 'Hello', timestamp: '2023-01-01T09:00:00' }],
    },
    anybody: '403 403 200 200 200 200 200 200 200 401',
  },
  'GET /chats/{conversation_id}': {
    unassigned: '404 404 404 404 404 404 404 404 404 401',
    held: '404 404 404 404 404 404 404 404 404 401',
    archived: '404 404 404 404 404 404 404 404 404 401',
    "a colleague's chat": '404 404 200 200 200 200 200 404 404 401',
    "the worker's chat": '200 404 200 200 200 200 200 404 404 401',
    'an archived chat': '404 404 200 200 200 200 200 404 404 401',
    "nobody's chat": '404 404 404 404 404 404 404 404 200 401',
  },
  'POST /chats/summarize': {
    body: { conversation_id: '{conversation_id}', summary_type: 'brief' },
    headers: { prefer: 'respond-async' },
    held: '404 404 404 404 404 404 404 404 404 401',
    archived: '404 404 404 404 404 404 404 404 404 401',
    "a colleague's chat": '404 404 202 202 202 202 202 404 404 401',
    "the worker's chat": '202 404 202 202 202 202 202 404 404 401',
    'an archived chat': '404 404 202 202 202 202 202 404 404 401',
    "nobody's chat": '404 404 404 404 404 404 404 404 202 401',
  },
  'GET /chats/{conversation_id}/summary': {
    unassigned: '404 404 404 404 404 404 404 404 404 401',
    held: '404 404 404 404 404 404 404 404 404 401',
    archived: '404 404 404 404 404 404 404 404 404 401',
    "a colleague's chat": '404 404 404 404 404 404 404 404 404 401',
    "the worker's chat": '404 404 404 404 404 404 404 404 404 401',
    'an archived chat': '404 404 404 404 404 404 404 404 404 401',
    "nobody's chat": '404 404 404 404 404 404 404 404 404 401',
  },
  'GET /chats/{conversation_id}/summary/stream': {
    unassigned: '404 404 200 200 200 200 200 404 404 401',
    held: '404 404 200 403 200 403 403 404 404 401',
    archived: '404 404 200 403 200 403 403 404 404 401',
    "a colleague's chat": '404 404 200 200 200 200 200 404 404 401',
    "the worker's chat": '200 404 200 200 200 200 200 404 404 401',
    'an archived chat': '404 404 200 200 200 200 200 404 404 401',
    "nobody's chat": '404 404 404 404 404 404 404 404 200 401',
  },
  'GET /users/{user_id}/chats': {
    "a colleague's chat": '403 403 200 200 200 200 200 200 200 401',
    "the worker's chat": '200 403 200 200 200 200 200 200 200 401',
    'an archived chat': '403 403 200 200 200 200 200 200 200 401',
    "nobody's chat": '403 403 200 200 200 200 200 200 200 401',
  },
}
