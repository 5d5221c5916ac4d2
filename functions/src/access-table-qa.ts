/** The rows of the sessions of spec 5; see `access-table.ts`. */
export const QA_ROWS = {
  'POST /api/v1/qa/sessions': {
    body: { question: 'Would you buy this at all?', prospect_ids: ['LEAD-9999'] },
    anybody: '403 403 400 400 400 400 400 401 401',
  },
  'GET /api/v1/qa/sessions': { anybody: '403 403 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/estimate': { query: '?prospects=1', anybody: '403 403 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/sessions/{session_id}': {
    fill: { session_id: 'QS-UNKNOWN' },
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/responses': {
    fill: { session_id: 'QS-UNKNOWN' },
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'POST /api/v1/qa/sessions/{session_id}/cancel': {
    fill: { session_id: 'QS-UNKNOWN' },
    body: {},
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'POST /api/v1/qa/sessions/{session_id}/regenerate-summary': {
    fill: { session_id: 'QS-UNKNOWN' },
    body: {},
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/stream': {
    fill: { session_id: 'QS-UNKNOWN' },
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'GET /api/v1/qa/sessions/{session_id}/image': {
    fill: { session_id: 'QS-UNKNOWN' },
    anybody: '404 404 404 404 404 404 404 401 401',
  },
  'GET /api/v1/qa/prospects': { anybody: '403 403 200 200 200 200 200 401 401' },
  'GET /api/v1/qa/prospects/{lead_id}': {
    fill: { lead_id: 'LEAD-9999' },
    anybody: '403 403 404 404 404 404 404 401 401',
  },
  'POST /api/v1/qa/prospects/import': {
    body: {
      format: 'csv',
      content: 'lead_id,full_name,lead_classification,statement\nLEAD-2001,Jo Park,warm,"I read."\n',
    },
    anybody: '403 403 403 403 200 200 200 401 401',
  },
}
