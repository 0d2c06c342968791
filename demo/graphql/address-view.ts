import type { DemoAddress } from '../data/customers.ts';
import { gid, type View } from './context.ts';

/** A postal address, with the person it belongs to. */
export const addressView = (
  address: DemoAddress,
  person: { readonly firstName: string; readonly lastName: string; readonly phone: string | null },
): View => {
  const { place, street, company } = address;
  const name = `${person.firstName} ${person.lastName}`;
  return {
    __typename: 'MailingAddress',
    id: gid('MailingAddress', address.id),
    firstName: person.firstName,
    lastName: person.lastName,
    name,
    company,
    address1: street,
    address2: null,
    ...place,
    countryCodeV2: place.countryCode,
    phone: person.phone,
    formatted: [
      name,
      ...(company ? [company] : []),
      street,
      [place.city, place.provinceCode, place.zip].filter(Boolean).join(' '),
      place.country,
    ],
    formattedArea: `${place.city}, ${place.country}`,
    latitude: null,
    longitude: null,
    timeZone: null,
    coordinatesValidated: false,
  };
};
