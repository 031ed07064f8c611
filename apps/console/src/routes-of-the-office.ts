import type { Route } from './route.ts'

/** The pages of what the city tells, hears and serves; `routes.tsx` says where they stand in the menu. */
export const officeRoutes: readonly Route[] = [
  {
    path: '/board',
    needs: 'getBoard',
    menu: { words: 'board.menu', icon: 'wall' },
    frame: 'bare',
    load: () => import('./features/board/board-page.tsx'),
  },
  {
    path: '/hotline',
    needs: 'getHotlineDesk',
    menu: { words: 'hotline.menu', icon: 'headset' },
    frame: 'desk',
    load: () => import('./features/hotline/hotline-page.tsx'),
  },
  {
    path: '/hotline/policy',
    needs: 'listHotlinePolicies',
    frame: 'desk',
    load: () => import('./features/hotline/policy-page.tsx'),
  },
  {
    path: '/tickets',
    needs: 'listTickets',
    menu: { words: 'tickets.menu', icon: 'message' },
    frame: 'desk',
    load: () => import('./features/tickets/tickets-page.tsx'),
  },
  {
    path: '/tickets/new',
    needs: 'recordTicket',
    frame: 'desk',
    load: () => import('./features/tickets/new-ticket-page.tsx'),
  },
  {
    path: '/tickets/:ticketId',
    needs: 'getTicket',
    frame: 'desk',
    load: () => import('./features/tickets/ticket-page.tsx'),
  },
  {
    path: '/announcements',
    needs: 'listKeptAnnouncements',
    menu: { words: 'announcements.menu', icon: 'sound' },
    frame: 'desk',
    load: () => import('./features/announcements/announcements-page.tsx'),
  },
  {
    path: '/announcements/new',
    needs: 'addAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/edit-page.tsx'),
  },
  {
    path: '/announcements/:announcementId',
    needs: 'getKeptAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/announcement-page.tsx'),
  },
  {
    path: '/announcements/:announcementId/edit',
    needs: 'saveAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/edit-page.tsx'),
  },
  {
    path: '/announcements/:announcementId/versions/:version',
    needs: 'getAnnouncementVersion',
    frame: 'desk',
    load: () => import('./features/announcements/version-page.tsx'),
  },
  {
    path: '/services',
    needs: 'listServiceVersions',
    menu: { words: 'services.menu', icon: 'grid' },
    frame: 'desk',
    load: () => import('./features/services/services-page.tsx'),
  },
  {
    path: '/services/edit',
    needs: 'saveServices',
    frame: 'desk',
    load: () => import('./features/services/edit-page.tsx'),
  },
  {
    path: '/services/versions/:version',
    needs: 'getServiceVersion',
    frame: 'desk',
    load: () => import('./features/services/version-page.tsx'),
  },
  {
    path: '/directory',
    needs: 'listKeptDirectory',
    menu: { words: 'directory.menu', icon: 'contacts' },
    frame: 'desk',
    load: () => import('./features/services/directory-page.tsx'),
  },
  {
    path: '/staff-announcements',
    needs: 'listStaffAnnouncements',
    menu: { words: 'announcements.staffMenu', icon: 'message' },
    frame: 'desk',
    load: () => import('./features/announcements/staff-page.tsx'),
  },
]
