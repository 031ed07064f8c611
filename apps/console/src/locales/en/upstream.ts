/** Words of the page about outside providers. */
export const upstream = {
  title: 'Providers',
  lead: 'How outside systems answer: provincial code, travel card, risk areas and others; renewed every 10 seconds. While one is away, scans and codes go on and data says how old it is.',
  providers: {
    sms: 'SMS',
    identity: 'Identity authority',
    face: 'Face check',
    provincial: 'Provincial code',
    travel_card: 'Travel card',
    risk_areas: 'List of risk areas',
  },
  health: { well: 'answers', unsteady: 'unsteady', away: 'away', idle: 'not called yet' },
  lastSuccess: 'Last success',
  dataAsOf: 'Data as of',
  failures: 'Failed in 24 h',
  failureShare: '{{share}}% ({{failed}} of {{total}})',
  noRequests: 'no requests',
  never: 'never',
  age: {
    seconds: '{{count}} s ago',
    minutes: '{{count}} min ago',
    hours: '{{count}} h ago',
    days: '{{count}} d ago',
  },
  bars: '{{name}}: {{succeeded}} answered and {{failed}} failed in 24 hours',
  dayAgo: '24 hours ago',
  now: 'now',
}
