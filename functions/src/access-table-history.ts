/** The rows of specs 3 and 4: histories and insights; see `access-table.ts`. */
export const HISTORY_ROWS = {
  'GET /live-insights/{conversation_id}': {
    unassigned: '401 401 404 404 404 404 404 401 401',
    held: '401 401 404 404 404 404 404 401 401',
    archived: '401 401 404 404 404 404 404 401 401',
  },
  'POST /live-insights/{conversation_id}': {
    body: { insight: 'He hangs by a rope.' },
    unassigned: '401 401 403 403 403 403 404 401 401',
    held: '401 401 200 404 200 404 404 401 401',
    archived: '401 401 200 404 200 404 404 401 401',
  },
  'PUT /live-insights/{conversation_id}': {
    body: { insight: 'He hangs by a rope.' },
    unassigned: '401 401 403 403 403 403 404 401 401',
    held: '401 401 404 404 404 404 404 401 401',
    archived: '401 401 404 404 404 404 404 401 401',
  },
  'DELETE /live-insights/{conversation_id}': {
    unassigned: '401 401 403 403 403 403 404 401 401',
    held: '401 401 404 404 404 404 404 401 401',
    archived: '401 401 404 404 404 404 404 401 401',
  },
  'GET /conversations/user': {
    query: '?call_type=emergency',
    anybody: '401 401 200 200 200 200 200 401 401',
  },
  'GET /conversations/{conversation_id}': {
    unassigned: '401 401 200 200 200 200 404 401 401',
    held: '401 401 200 404 200 404 404 401 401',
    archived: '401 401 200 404 200 404 404 401 401',
  },
  'POST /conversations': { body: { call_type: 'inbound' }, anybody: '401 401 201 201 201 201 201 401 401' },
  'PUT /conversations/{conversation_id}': {
    body: { call_type: 'emergency' },
    unassigned: '401 401 424 424 424 424 424 401 401',
    held: '401 401 200 424 200 424 424 401 401',
    archived: '401 401 200 424 200 424 424 401 401',
  },
  'DELETE /conversations/{conversation_id}': {
    unassigned: '401 401 409 409 409 409 404 401 401',
    held: '401 401 409 404 409 404 404 401 401',
    archived: '401 401 409 404 409 404 404 401 401',
  },
}
