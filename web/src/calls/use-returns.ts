import { useState } from 'react'
import { findCall, type Calls } from './board.ts'

/** How often the call of this conversation has come back to the board after it had left it. */
export function useReturns(calls: Calls | undefined, conversationId: string): number {
  const isThere = calls && findCall(calls, conversationId) !== undefined
  const [state, setState] = useState({ wasThere: isThere, returns: 0 })
  if (isThere !== undefined && isThere !== state.wasThere) {
    // Seen for the first time, it has come and not come back.
    const returns = state.returns + (isThere && state.wasThere === false ? 1 : 0)
    setState({ wasThere: isThere, returns })
  }
  return state.returns
}
