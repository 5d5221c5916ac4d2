import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type FormEvent, type KeyboardEvent } from 'react'
import { alarmSound } from '../alarms/alarm-sound.ts'
import { describeError } from '../api/errors.ts'
import { useServices, useSession } from '../api/services.ts'
import { ColorSchemeMenu } from '../ui/color-scheme-menu.tsx'
import { LogoMark } from '../ui/logo-mark.tsx'
import classes from './login-page.module.css'
import { SessionSplash } from './session-splash.tsx'

const REASONS = {
  never: null,
  'logged-out': 'You are logged out.',
  expired: 'Your session has ended. Log in to go on.',
}

/** Where a dispatcher logs in. */
export function LoginPage() {
  const session = useSession()
  const { to } = useSearch({ from: '/login' })
  const navigate = useNavigate()
  const isSignedIn = session.status === 'signed-in'
  useEffect(() => {
    if (isSignedIn) void navigate({ to: to ?? '/', replace: true })
  }, [isSignedIn, to, navigate])
  if (isSignedIn) return null
  if (session.status !== 'signed-out') return <SessionSplash session={session} />
  return <LoginForm note={REASONS[session.reason]} />
}

function LoginForm({ note }: { note: string | null }) {
  const { session } = useServices()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isCapsLockOn, setCapsLock] = useState(false)
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const gaps = {
      ...(email.trim() === '' && { email: 'Enter your e-mail address.' }),
      ...(password === '' && { password: 'Enter your password.' }),
    }
    setMissing(gaps)
    setProblem(undefined)
    if (Object.keys(gaps).length > 0) return
    // This press is the one that lets the browser play alarms later.
    alarmSound.unlock()
    setBusy(true)
    try {
      await session.login(email.trim(), password)
    } catch (error) {
      setProblem(describeError(error))
      setBusy(false)
    }
  }
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        <ColorSchemeMenu />
      </div>
      <form className={classes.card} onSubmit={(event) => void submit(event)} noValidate>
        <LogoMark />
        <h1 className={classes.title}>Log in to the console</h1>
        {problem === undefined && note !== null && (
          <p className={classes.note} role="status">
            {note}
          </p>
        )}
        {problem !== undefined && (
          <Alert
            color="red"
            icon={<IconAlertCircle aria-hidden />}
            role="alert"
            classNames={{ message: classes.problem ?? '' }}
          >
            {problem}
          </Alert>
        )}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoFocus
          value={email}
          error={missing.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          error={missing.password}
          description={isCapsLockOn ? 'Caps Lock is on.' : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyUp={watchCapsLock}
          onKeyDown={watchCapsLock}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        <Button type="submit" loading={isBusy} fullWidth mt={8}>
          Log in
        </Button>
      </form>
    </main>
  )
}
