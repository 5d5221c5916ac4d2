import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { LogoMark } from '../ui/logo-mark.tsx'
import classes from './sign-in-page.module.css'

export type SignInPageProps = {
  /** Resolves with what went wrong, in plain words. */
  onSignIn: (email: string, password: string) => Promise<string | undefined>
}

/** Where a worker signs in, once on a phone. */
export function SignInPage({ onSignIn }: SignInPageProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (email.trim() === '' || password === '')
      return setProblem('Enter your e-mail address and your password.')
    setBusy(true)
    setProblem(undefined)
    setProblem(await onSignIn(email.trim(), password))
    setBusy(false)
  }
  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <LogoMark />
        <h1 className={classes.title}>Sign in to call for help</h1>
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
          size="md"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          size="md"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        <Button type="submit" size="lg" loading={isBusy} fullWidth>
          Sign in
        </Button>
      </form>
    </main>
  )
}
