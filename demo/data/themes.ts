/** What a seeded shop sells. */
export interface ProductKind {
  readonly noun: string;
  readonly type: string;
  /** In cents of the shop's currency. */
  readonly price: readonly [number, number];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly tags: readonly string[];
}

export interface Theme {
  readonly vendors: readonly [string, ...string[]];
  readonly adjectives: readonly [string, ...string[]];
  readonly kinds: readonly [ProductKind, ...ProductKind[]];
  readonly blurbs: readonly [string, ...string[]];
}

const SIZES = { name: 'Size', values: ['XS', 'S', 'M', 'L', 'XL', 'XXL'] };
const SHOE_SIZES = { name: 'Size', values: ['38', '39', '40', '41', '42', '43'] };
const COLORS = { name: 'Color', values: ['Moss', 'Slate', 'Ochre', 'Black', 'Navy', 'Sand'] };
const VOLUMES = { name: 'Volume', values: ['18 L', '24 L', '32 L'] };
const GLAZES = { name: 'Glaze', values: ['Chalk', 'Celadon', 'Ink', 'Terracotta'] };
const SCENTS = { name: 'Scent', values: ['Cedar', 'Fig', 'Vetiver', 'Orange blossom'] };
const NONE: ProductKind['options'] = [];

const kind = (
  noun: string,
  type: string,
  from: number,
  to: number,
  options: ProductKind['options'],
  ...tags: string[]
): ProductKind => ({
  noun,
  type,
  price: [from, to],
  options,
  tags,
});

export const OUTDOOR: Theme = {
  vendors: ['Northwind', 'Fjellkraft', 'Tarn & Co', 'Hollow Pine', 'Ridgeline Works', 'Old Ferry', 'Kestrel'],
  adjectives: [
    'Alpine',
    'Basalt',
    'Cirrus',
    'Drift',
    'Ember',
    'Fern',
    'Granite',
    'Harbour',
    'Juniper',
    'Kelp',
    'Larch',
    'Meadow',
    'Nordic',
    'Osprey',
    'Polar',
    'Quarry',
    'Rowan',
    'Summit',
    'Tundra',
    'Willow',
  ],
  kinds: [
    kind('Rain Jacket', 'Jackets', 12900, 28900, [SIZES], 'waterproof', 'spring'),
    kind('Down Parka', 'Jackets', 24900, 49900, [SIZES], 'winter', 'insulated'),
    kind('Fleece Pullover', 'Midlayers', 6900, 12900, [SIZES], 'winter'),
    kind('Merino Tee', 'Base layers', 4900, 8900, [SIZES], 'merino', 'all-season'),
    kind('Trail Shorts', 'Trousers', 4500, 8500, [SIZES], 'summer'),
    kind('Hiking Trousers', 'Trousers', 8900, 15900, [SIZES], 'all-season'),
    kind('Wool Beanie', 'Accessories', 2400, 3900, [COLORS], 'winter', 'gift'),
    kind('Trail Gloves', 'Accessories', 2900, 5900, [{ name: 'Size', values: ['S', 'M', 'L'] }], 'winter'),
    kind('Hiking Boots', 'Footwear', 15900, 27900, [SHOE_SIZES], 'waterproof'),
    kind('Trail Runners', 'Footwear', 10900, 16900, [SHOE_SIZES], 'summer'),
    kind('Day Pack', 'Bags', 7900, 14900, [VOLUMES], 'travel'),
    kind('Duffel', 'Bags', 9900, 17900, [COLORS], 'travel'),
    kind('Two-Person Tent', 'Camping', 27900, 59900, NONE, 'camping', 'bulky'),
    kind('Sleeping Bag', 'Camping', 13900, 34900, [{ name: 'Length', values: ['Regular', 'Long'] }], 'camping'),
    kind('Camp Stove', 'Camping', 5900, 12900, NONE, 'camping', 'cooking'),
    kind('Enamel Mug', 'Camping', 1400, 2200, [COLORS], 'gift', 'cooking'),
    kind('Water Bottle', 'Accessories', 1900, 3900, [COLORS], 'gift'),
    kind('Head Torch', 'Accessories', 3900, 8900, NONE, 'camping', 'electronics'),
  ],
  blurbs: [
    'Made for days when the forecast is wrong.',
    'Tested for a season by people who are hard on their things.',
    'Light enough to carry, tough enough to keep.',
    'Repaired free of charge for as long as you own it.',
  ],
};

export const HOMEWARE: Theme = {
  vendors: ['Second Street', 'Atelier Lund', 'Marlow Ceramics', 'Common Table', 'Loom & Lathe'],
  adjectives: [
    'Amber',
    'Brick',
    'Corner',
    'Dune',
    'Elm',
    'Folded',
    'Garden',
    'Hearth',
    'Ivory',
    'Linden',
    'Morning',
    'Orchard',
    'Parlour',
    'Quiet',
    'Studio',
  ],
  kinds: [
    kind('Stoneware Bowl', 'Tableware', 2200, 4800, [GLAZES], 'ceramics', 'handmade'),
    kind('Dinner Plate', 'Tableware', 1800, 3600, [GLAZES], 'ceramics'),
    kind('Carafe', 'Glassware', 2900, 5900, NONE, 'glass'),
    kind('Linen Napkins', 'Textiles', 2400, 4400, [COLORS], 'linen', 'set'),
    kind('Wool Throw', 'Textiles', 7900, 15900, [COLORS], 'winter', 'gift'),
    kind('Soy Candle', 'Fragrance', 1900, 3900, [SCENTS], 'gift', 'refill'),
    kind('Table Lamp', 'Lighting', 8900, 19900, [COLORS], 'lighting'),
    kind('Oak Stool', 'Furniture', 12900, 24900, NONE, 'bulky', 'handmade'),
    kind('Chopping Board', 'Kitchen', 3900, 7900, [{ name: 'Wood', values: ['Oak', 'Walnut', 'Cherry'] }], 'kitchen'),
    kind('Apron', 'Kitchen', 3400, 5900, [COLORS], 'kitchen', 'linen'),
    kind('Vase', 'Decor', 2900, 8900, [GLAZES], 'ceramics', 'gift'),
    kind('Wall Mirror', 'Decor', 9900, 22900, NONE, 'bulky'),
  ],
  blurbs: [
    'Made in small batches by people we know by name.',
    'For tables that are used every day.',
    'Ages well, and is meant to.',
  ],
};

export const FIRST_NAMES: readonly [string, ...string[]] = [
  'Amina',
  'Ben',
  'Chiara',
  'Dmitri',
  'Elif',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kavya',
  'Liam',
  'Mei',
  'Noor',
  'Oskar',
  'Priya',
  'Quinn',
  'Rosa',
  'Sami',
  'Tove',
  'Uma',
  'Viktor',
  'Wanda',
  'Yusuf',
  'Zoe',
];
export const LAST_NAMES: readonly [string, ...string[]] = [
  'Abara',
  'Bergman',
  'Costa',
  'Dahl',
  'Eriksen',
  'Fischer',
  'Gallo',
  'Hansen',
  'Ito',
  'Jensen',
  'Kaya',
  'Lindqvist',
  'Moreau',
  'Novak',
  'Okafor',
  'Petrov',
  'Quist',
  'Rossi',
  'Silva',
  'Tanaka',
  'Urban',
  'Vega',
  'Weber',
  'Yilmaz',
  'Zhang',
];
export interface Place {
  readonly city: string;
  readonly province: string | null;
  readonly provinceCode: string | null;
  readonly country: string;
  readonly countryCode: string;
  readonly zip: string;
}
export const PLACES: readonly [Place, ...Place[]] = [
  {
    city: 'Portland',
    province: 'Oregon',
    provinceCode: 'OR',
    country: 'United States',
    countryCode: 'US',
    zip: '97209',
  },
  {
    city: 'Burlington',
    province: 'Vermont',
    provinceCode: 'VT',
    country: 'United States',
    countryCode: 'US',
    zip: '05401',
  },
  {
    city: 'Boulder',
    province: 'Colorado',
    provinceCode: 'CO',
    country: 'United States',
    countryCode: 'US',
    zip: '80302',
  },
  {
    city: 'Halifax',
    province: 'Nova Scotia',
    provinceCode: 'NS',
    country: 'Canada',
    countryCode: 'CA',
    zip: 'B3H 4R2',
  },
  {
    city: 'Vancouver',
    province: 'British Columbia',
    provinceCode: 'BC',
    country: 'Canada',
    countryCode: 'CA',
    zip: 'V6B 1A1',
  },
  { city: 'Bergen', province: null, provinceCode: null, country: 'Norway', countryCode: 'NO', zip: '5003' },
  {
    city: 'Leeds',
    province: 'England',
    provinceCode: 'ENG',
    country: 'United Kingdom',
    countryCode: 'GB',
    zip: 'LS1 4DY',
  },
];
