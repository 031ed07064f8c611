import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

type VenueFilters = Parameters<typeof call<'listVenues'>>[1]['query']

export const venueListQuery = (filters: VenueFilters) =>
  queryOptions({
    queryKey: ['venues', 'list', filters],
    queryFn: () => call('listVenues', { query: filters }),
    placeholderData: keepPreviousData,
  })

export const venueQuery = (venueId: string) =>
  queryOptions({
    queryKey: ['venues', 'one', venueId],
    queryFn: () => call('getVenue', { params: { venueId } }),
  })

export const figuresQuery = (venueId: string) =>
  queryOptions({
    queryKey: ['venues', 'figures', venueId],
    queryFn: () => call('getVenueFigures', { params: { venueId } }),
    refetchInterval: 60_000,
  })

export const duplicatesQuery = (venueId: string) =>
  queryOptions({
    queryKey: ['venues', 'duplicates', venueId],
    queryFn: () => call('listVenueDuplicates', { params: { venueId } }),
  })

export const venuePeopleQuery = (venueId: string) =>
  queryOptions({
    queryKey: ['venues', 'people', venueId],
    queryFn: () => call('getVenuePeople', { params: { venueId } }),
    refetchInterval: 60_000,
  })
