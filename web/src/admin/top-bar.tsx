import { ActionIcon, Avatar, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconKeyboard, IconLogout } from '@tabler/icons-react'
import type { Me } from '@lifeline/functions/contract'
import type { ReactNode } from 'react'
import { ColorSchemeMenu } from '../ui/color-scheme-menu.tsx'
import { Hint } from '../ui/hint.tsx'
import { initialsOf } from '../ui/initials.ts'
import { LogoMark } from '../ui/logo-mark.tsx'
import { NavigationLinks } from './navigation-links.tsx'
import classes from './top-bar.module.css'

export type TopBarProps = { me: Me; connection: ReactNode; onHelp: () => void; onLogout: () => void }

/** The pages, connection, colours, help, and who is working here. */
export function TopBar({ me, connection, onHelp, onLogout }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <LogoMark />
      <VisuallyHidden component="h1">Lifeline console</VisuallyHidden>
      <NavigationLinks me={me} />
      <span className={classes.connection}>{connection}</span>
      <Hint label="Keyboard (?)">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label="Keyboard shortcuts"
          onClick={onHelp}
          className={classes.wide}
        >
          <IconKeyboard size={18} aria-hidden />
        </ActionIcon>
      </Hint>
      <ColorSchemeMenu />
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <UnstyledButton className={classes.me}>
            <Avatar size={28} radius="xl" color="accent" variant="filled" aria-hidden>
              {initialsOf(me.name)}
            </Avatar>
            <span className={classes.name}>
              <bdi>{me.name}</bdi>
              <bdi className={classes.company}>{me.company_name}</bdi>
            </span>
            <VisuallyHidden>account</VisuallyHidden>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes.label ?? ''}>
            {me.name}, {me.role}
            <br />
            {me.email ?? me.uid}
          </Menu.Label>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onLogout}>
            Log out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  )
}
