import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CarOutlined,
  EnvironmentOutlined,
  FileSearchOutlined,
  HomeOutlined,
  ImportOutlined,
  MenuOutlined,
  MessageOutlined,
  SafetyCertificateOutlined,
  ScanOutlined,
  TeamOutlined,
  UserOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import { App, Button, ConfigProvider, Drawer, Dropdown, Grid, Layout, Menu } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { hasRole } from '../api/access.ts'
import { call, queryClient } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { AlarmCount } from '../features/alarms/alarm-count.tsx'
import { switchLanguage } from '../locales/i18n.ts'
import { menuPath, menuPathOf, routes } from '../routes.tsx'
import { useCategoryTitles } from './finding-categories.ts'
import './desk.css'

const icons: Record<string, ReactNode> = {
  'app.menu.overview': <HomeOutlined />,
  'app.menu.checkpoint': <ScanOutlined />,
  'app.menu.venues': <BankOutlined />,
  'app.menu.people': <TeamOutlined />,
  'app.menu.proposals': <SafetyCertificateOutlined />,
  'app.menu.alarms': <AlertOutlined />,
  'app.menu.zones': <EnvironmentOutlined />,
  'app.menu.entries': <CarOutlined />,
  'app.menu.matters': <FileSearchOutlined />,
  'app.menu.appeals': <MessageOutlined />,
  'app.menu.imports': <ImportOutlined />,
  'app.menu.rulesets': <BookOutlined />,
  'app.menu.operators': <UserSwitchOutlined />,
  'app.menu.upstream': <ApiOutlined />,
  'app.menu.riskAreas': <EnvironmentOutlined />,
  'app.menu.audit': <AuditOutlined />,
}

// Darker than the defaults: words on light tags keep a contrast of 4.5 to 1.
const palette = {
  colorPrimary: '#0b3d91',
  colorLink: '#0b3d91',
  colorSuccess: '#15803d',
  colorWarning: '#a84a07',
  colorError: '#b91c1c',
  colorSuccessBg: '#e6f6ec',
  colorSuccessBorder: '#9bd3b0',
  colorWarningBg: '#fff5db',
  colorWarningBorder: '#ecc676',
  colorErrorBg: '#fdecec',
  colorErrorBorder: '#f0aaaa',
  colorTextDescription: '#5a6675',
  borderRadius: 6,
  fontSize: 15,
}

/** Fingers need 44 pixels, a mouse does not. */
const controlSizes = () =>
  window.matchMedia('(pointer: coarse)').matches
    ? { controlHeight: 44, controlHeightSM: 44 }
    : { controlHeight: 38 }

/** The device asks for as little movement as possible. */
const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Ant Design in the language shown, with its messages. Every page with heavy parts stands inside. */
export const DeskTheme = ({ children }: { children: ReactNode }) => {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      locale={i18n.language === 'en' ? enUS : zhCN}
      // Labels stay as written: a space between two characters would change what screen readers and tests find.
      button={{ autoInsertSpace: false }}
      theme={{ token: { ...palette, ...controlSizes(), motion: !isCalm() } }}
    >
      <App className="desk-app">{children}</App>
    </ConfigProvider>
  )
}

const DeskMenu = ({ onGone }: { onGone?: () => void }) => {
  const { t } = useTranslation()
  const { roles } = useMe()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const items = routes
    .filter((route) => route.label !== undefined && hasRole(roles, route.roles))
    .map((route) => ({ key: menuPath(route), icon: icons[route.label ?? ''], label: t(route.label ?? '') }))
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
  const items = [
    {
      key: 'who',
      disabled: true,
      label: me.roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma')),
    },
    { key: 'password', label: t('app.menu.changePassword'), onClick: () => navigate('/password') },
    { key: 'out', label: t('app.menu.signOut'), onClick: () => void signOut() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={t('app.menu.account')} className="desk-account">
        <span className="desk-name">{me.displayName}</span>
      </Button>
    </Dropdown>
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
          <Button type="text" onClick={() => void switchLanguage()} aria-label={t('app.switchLanguage')}>
            {t('app.language')}
          </Button>
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
