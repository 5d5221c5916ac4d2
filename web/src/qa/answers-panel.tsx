import { AnswerSentiment, type QuestionSession } from '@lifeline/functions/contract'
import { Button, Chip, Group, NativeSelect, TextInput } from '@mantine/core'
import { IconFilterOff, IconMessages, IconSearch } from '@tabler/icons-react'
import { useMemo, useState, type RefObject } from 'react'
import { StateMessage } from '../ui/state-message.tsx'
import {
  ALL_ANSWERS,
  type AnswerOrder,
  type AnswerView,
  countSentiments,
  viewAnswers,
} from './answer-list.ts'
import { AnswerCards } from './answer-cards.tsx'
import classes from './answers-panel.module.css'
import { isActive } from './session-state.ts'
import { SENTIMENT_WORDS, sayFailure } from './words.ts'

const ORDER_WORDS: Record<AnswerOrder, string> = {
  arrival: 'As they came',
  confidence: 'Surest first',
  doubt: 'Least sure first',
  name: 'By name',
  sentiment: 'By sentiment',
}

export type AnswersPanelProps = {
  session: QuestionSession
  /** What the cards scroll in. */
  scroller: RefObject<HTMLElement | null>
}

/** The answers as cards, with what narrows and orders them. */
export function AnswersPanel({ session, scroller }: AnswersPanelProps) {
  const [view, setView] = useState<AnswerView>(ALL_ANSWERS)
  const { responses, status } = session
  const shown = useMemo(() => viewAnswers(responses, view), [responses, view])
  const counts = useMemo(() => countSentiments(responses), [responses])
  const change = (part: Partial<AnswerView>) => setView((before) => ({ ...before, ...part }))
  return (
    <div className={classes.panel}>
      <div className={classes.filters} role="group" aria-label="Filter the answers">
        <TextInput
          className={classes.search ?? ''}
          size="xs"
          type="search"
          aria-label="Search the answers"
          placeholder="Search names and answers"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={view.text}
          onChange={({ currentTarget: { value } }) => change({ text: value })}
        />
        <Chip.Group
          multiple
          value={[...view.sentiments]}
          onChange={(values) => change({ sentiments: values })}
        >
          <Group gap={8} role="group" aria-label="Sentiment">
            {AnswerSentiment.options.map((each) => (
              <Chip key={each} value={each} size="xs" variant="outline">
                {SENTIMENT_WORDS[each]} <span className="numbers">{counts[each]}</span>
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <NativeSelect
          size="xs"
          aria-label="Order of the answers"
          value={view.order}
          onChange={({ currentTarget: { value } }) => change({ order: value as AnswerOrder })}
          data={Object.entries(ORDER_WORDS).map(([value, label]) => ({ value, label }))}
        />
        <span className={`${classes.shown} numbers`} role="status">
          {shown.length < responses.length && `${shown.length} of ${responses.length} shown`}
        </span>
      </div>
      {responses.length === 0 ? (
        <StateMessage
          icon={<IconMessages size={24} />}
          title={isActive(status) ? 'The first answer is on its way' : 'Nobody has answered'}
        >
          {isActive(status)
            ? 'Answers appear here as they come. You can leave this page: the session goes on.'
            : sayFailure(session) === null
              ? 'The session ended before the first answer. Ask again to start anew.'
              : 'Above it says who could not be asked, and why. Ask again when that has changed.'}
        </StateMessage>
      ) : shown.length === 0 ? (
        <StateMessage
          icon={<IconFilterOff size={24} />}
          title="No answer fits"
          action={
            <Button
              size="sm"
              variant="default"
              onClick={() => setView({ ...ALL_ANSWERS, order: view.order })}
            >
              Show all
            </Button>
          }
        >
          Search for something else, or choose another sentiment.
        </StateMessage>
      ) : (
        <AnswerCards responses={shown} scroller={scroller} />
      )}
    </div>
  )
}
