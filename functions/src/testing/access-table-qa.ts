/** The rows of the sessions of spec 5; see `access-table.ts`. */
export const QA_ROWS = {
  'POST /api/v1/qa/sessions': {
    body: { question: 'Would you buy this at all?', prospect_ids: ['{lead_id}'] },
    'a prospect': '403 403 200 200 200 200 200 400 401 401',
  },
  'GET /api/v1/qa/sessions': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/estimate': { query: '?prospects=1', anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/sessions/{session_id}': {
    'a session under way': '403 403 200 200 200 200 200 404 401 401',
    'a session that has ended': '403 403 200 200 200 200 200 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/responses': {
    'a session under way': '403 403 200 200 200 200 200 404 401 401',
    'a session that has ended': '403 403 200 200 200 200 200 404 401 401',
  },
  'POST /api/v1/qa/sessions/{session_id}/cancel': {
    body: {},
    'a session under way': '403 403 200 403 200 200 200 404 401 401',
    'a session that has ended': '403 403 409 403 409 409 409 404 401 401',
  },
  'POST /api/v1/qa/sessions/{session_id}/regenerate-summary': {
    body: {},
    'a session under way': '403 403 409 403 409 409 409 404 401 401',
    'a session that has ended': '403 403 200 403 200 200 200 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/stream': {
    'a session under way': '403 403 200 200 200 200 200 404 401 401',
    'a session that has ended': '403 403 200 200 200 200 200 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/image': {
    'a session under way': '403 403 200 200 200 200 200 404 401 401',
    'a session that has ended': '403 403 200 200 200 200 200 404 401 401',
  },
  'GET /api/v1/qa/prospects': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/prospects/{lead_id}': {
    'a prospect': '403 403 200 200 200 200 200 404 401 401',
  },
  'POST /api/v1/qa/prospects/import': {
    body: {
      format: 'csv',
      content: 'lead_id,full_name,lead_classification,statement\nLEAD-2001,Jo Park,warm,"I read."\n',
    },
    anybody: '403 403 403 403 200 200 200 200 401 401',
  },
}
