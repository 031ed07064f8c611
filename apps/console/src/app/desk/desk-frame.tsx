import { MenuOutlined, UserOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Dropdown, Grid, Layout, Menu } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { call, queryClient } from '../../api/client.ts'
import { releaseQuery } from '../../api/release.ts'
import { useMay, useMe } from '../../api/session.ts'
import { AlarmCount } from '../../features/alarms/alarm-count.tsx'
import { useNextLanguage } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { menuPath, menuPathOf, routes } from '../../routes.tsx'
import { DeskTheme } from '../../ui/desk-theme.tsx'
import { useCategoryTitles } from '../../ui/finding-categories.ts'
import { menuIcons } from './menu-icons.tsx'

const DeskMenu = ({ onGone }: { onGone?: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const items = routes.flatMap((route) =>
    route.menu && may(route.needs)
      ? [{ key: menuPath(route), icon: menuIcons[route.menu.icon], label: t(route.menu.words) }]
      : [],
  )
  const open = menuPathOf(pathname)
  return (
    <Menu
      mode="inline"
      theme="dark"
      selectedKeys={open === undefined ? [] : [open]}
      items={items}
      onClick={({ key }) => {
        navigate(key)
        onGone?.()
      }}
    />
  )
}

const signOut = async (): Promise<void> => {
  await call('operatorSignOut', {}).catch(() => undefined)
  queryClient.clear()
  location.assign('/console/')
}

const AccountMenu = () => {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const { data: release } = useQuery(releaseQuery)
  const items = [
    {
      key: 'who',
      disabled: true,
      label: me.roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma')),
    },
    { key: 'sessions', label: t('ownSessions.title'), onClick: () => navigate(pathTo('/sessions')) },
    { key: 'password', label: t('app.menu.changePassword'), onClick: () => navigate(pathTo('/password')) },
    { key: 'out', label: t('app.menu.signOut'), onClick: () => void signOut() },
    ...(release ? [{ key: 'release', disabled: true, label: t('app.menu.release', { release }) }] : []),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={t('app.menu.accountOf', { name: me.displayName })}
        className="desk-account"
      >
        <span className="desk-name">{me.displayName}</span>
      </Button>
    </Dropdown>
  )
}

const LanguageButton = () => {
  const { name, switchTo, tag, choose } = useNextLanguage()
  return (
    <Button type="text" lang={tag} onClick={choose} aria-label={switchTo}>
      {name}
    </Button>
  )
}

/** Menu, head line and the page. On narrow windows the menu comes from the side. */
export default function DeskFrame() {
  return (
    <DeskTheme>
      <Frame />
    </DeskTheme>
  )
}

const Frame = () => {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().lg !== false
  const me = useMe()
  const [menuOpen, setMenuOpen] = useState(false)
  useCategoryTitles()
  return (
    <Layout className="desk">
      <a className="desk-skip" href="#page">
        {t('app.menu.skip')}
      </a>
      {wide && (
        <Layout.Sider width={208} className="desk-side">
          <div className="desk-brand">
            <img src="/console/icon.svg" width="28" height="28" alt="" />
            {t('app.title')}
          </div>
          <nav aria-label={t('app.title')}>
            <DeskMenu />
          </nav>
        </Layout.Sider>
      )}
      <Layout>
        <Layout.Header className="desk-head">
          {!wide && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('app.menu.open')}
              onClick={() => setMenuOpen(true)}
            />
          )}
          <span className="desk-scope">
            {me.organisation} · {me.divisionName}
          </span>
          <AlarmCount />
          <LanguageButton />
          <AccountMenu />
        </Layout.Header>
        <Layout.Content id="page" className="desk-page" tabIndex={-1}>
          <Outlet />
        </Layout.Content>
      </Layout>
      <Drawer
        open={!wide && menuOpen}
        placement="left"
        size={248}
        onClose={() => setMenuOpen(false)}
        className="desk-drawer"
        title={t('app.title')}
        styles={{ body: { padding: 0 } }}
      >
        <DeskMenu onGone={() => setMenuOpen(false)} />
      </Drawer>
    </Layout>
  )
}
