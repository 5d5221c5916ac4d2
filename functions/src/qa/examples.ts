/** Spec 5's own examples. */
export const submitExample = {
  question: 'What are your primary concerns when considering life insurance?',
  prospect_ids: ['LEAD-1001', 'LEAD-1002', 'LEAD-1003'],
  context: { campaign_id: 'CAMP-2024-Q1', agent_id: 'AGENT-001' },
}

export const submittedExample = {
  session_id: 'QS-1234567890',
  status: 'pending',
  message: 'Question submitted successfully to 3 prospects',
  created_at: '2024-01-15T10:30:00Z',
  total_prospects: 3,
  estimated_completion_time: 180,
  simulated: true,
}

export const streamExample = `id: 1705314750000000000.LEAD-1001
event: response_received
data: {"event_type":"response_received","session_id":"QS-1234567890","timestamp":"2024-01-15T10:32:30Z","new_response":{"persona":{"lead_id":"LEAD-1001","full_name":"John Doe","lead_classification":"hot"},"answer":"My primary concern is ensuring adequate coverage for my family...","answered_at":"2024-01-15T10:32:30Z","confidence_score":0.95},"progress":{"responded":1,"total":3,"failed":0,"seconds_left":240},"simulated":true}

`
