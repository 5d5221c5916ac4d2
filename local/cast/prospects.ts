/**
 * The prospects of the demo cast, `prospects/{lead_id}` in Firestore: the fields of spec 5's `PersonaBase`, and the facts
 * that an answer may rest on, each with an id of its own. What is not said of a person here is unknown.
 */
export interface Prospect {
  lead_id: string
  lead_classification: 'hot' | 'warm' | 'cold'
  full_name: string
  age: string
  occupation: string
  gender: string
  marital_status: string
  education_level: string
  annual_income: string
  facts: readonly { fact_id: string; kind: 'belief' | 'note' | 'statement'; text: string }[]
}

type Person = Omit<Prospect, 'lead_id' | 'facts'> & {
  beliefs: readonly string[]
  notes: readonly string[]
  statements: readonly string[]
}

const person = (
  lead_classification: Prospect['lead_classification'],
  [full_name, age, gender, marital_status]: readonly [string, string, string, string],
  [occupation, education_level, annual_income]: readonly [string, string, string],
  told: Pick<Person, 'beliefs' | 'notes' | 'statements'>,
): Person => ({
  lead_classification,
  full_name,
  age,
  gender,
  marital_status,
  occupation,
  education_level,
  annual_income,
  ...told,
})

const people: readonly Person[] = [
  person('hot', ['Nadia Farouk', '34', 'female', 'married'], ['Paediatric nurse', 'Bachelor', '58,000 USD'], {
    beliefs: ['A promise in writing is worth more than a friendly voice.'],
    notes: ['Second child due in spring.', 'Compares offers in a spreadsheet.'],
    statements: ['I want to know what happens to the children if I cannot work for a year.'],
  }),
  person(
    'cold',
    ['Walter Brandt', '67', 'male', 'widowed'],
    ['Retired machinist', 'Vocational', '31,000 USD'],
    {
      beliefs: ['Insurers look for a reason not to pay.'],
      notes: ['A claim of his was refused in 2009.', 'Answers the phone, never e-mail.'],
      statements: ['I paid in for thirty years and got a letter with a paragraph number.'],
    },
  ),
  person('warm', ['Priya Raman', '29', 'female', 'single'], ['Data analyst', 'Master', '84,000 USD'], {
    beliefs: ['Most products are too expensive for what they cover.'],
    notes: ['Sends money to her parents every month.', 'Wants to cancel online at any time.'],
    statements: ['Show me the numbers and leave me alone with them for a week.'],
  }),
  person(
    'warm',
    ['Tomás Aguilar', '45', 'male', 'divorced'],
    ['Owner of a tiling firm', 'High school', '72,000 USD'],
    {
      beliefs: ['If you work with your hands, your back is your capital.'],
      notes: ['Employs four people.', 'Pays support for two teenagers.'],
      statements: ['When I fall off a ladder, five families have a problem.'],
    },
  ),
  person(
    'hot',
    ['Grace Okonkwo', '52', 'female', 'married'],
    ['School principal', 'Doctorate', '97,000 USD'],
    {
      beliefs: ['One plans for others before oneself.'],
      notes: ['Cares for her mother at home.', 'Asked twice about cover for long-term care.'],
      statements: ['My mother had no plan, and I am her plan now.'],
    },
  ),
  person('cold', ['Ethan Miles', '23', 'male', 'single'], ['Bicycle courier', 'Some college', '24,000 USD'], {
    beliefs: ['Insurance is for people who own something.'],
    notes: ['Broke a wrist last year and had no sick pay.', 'Shares a flat with three others.'],
    statements: ['Twelve a month is two dinners. It has to be worth two dinners.'],
  }),
  person('warm', ['Lin Xiaoyu', '38', 'female', 'married'], ['Software engineer', 'Master', '142,000 USD'], {
    beliefs: ['A product that needs an adviser to be understood is badly made.'],
    notes: ['Has cover through her employer and doubts that it is enough.', 'Reads the terms to the end.'],
    statements: ['Page nine says the opposite of page two. Which one counts?'],
  }),
  person(
    'cold',
    ['Margaret Doyle', '59', 'female', 'married'],
    ['Dairy farmer', 'High school', '46,000 USD'],
    {
      beliefs: ['Neighbours help before any company does.'],
      notes: ['The farm passes to her daughter next year.', 'Distrusts contracts made at the door.'],
      statements: ['You would have to come in calving season to see what a risk is.'],
    },
  ),
  person(
    'hot',
    ['Samuel Adeyemi', '41', 'male', 'married'],
    ['Offshore technician', 'Vocational', '88,000 USD'],
    {
      beliefs: ['Dangerous work should be named in the contract, not excluded from it.'],
      notes: ['Three weeks on, three weeks off.', 'Was refused by two insurers because of his job.'],
      statements: ['Tell me now if the platform is excluded, not when I am in the helicopter.'],
    },
  ),
  person(
    'warm',
    ['Ingrid Solberg', '48', 'female', 'in a partnership'],
    ['Freelance translator', 'Master', '53,000 USD'],
    {
      beliefs: ['Nobody insures an irregular income fairly.'],
      notes: ['Earns in three currencies.', 'Wants to pay by the quarter.'],
      statements: ['In a good month I could pay for a year, in a bad one not for a week.'],
    },
  ),
  person('cold', ['Dmitri Volkov', '36', 'male', 'single'], ['Climbing guide', 'Bachelor', '39,000 USD'], {
    beliefs: ['Risk is a skill, and most people who price it have never taken any.'],
    notes: ['Rescue cover through the alpine club.', 'No dependants.'],
    statements: ['Your form has a box for smoking and none for glaciers.'],
  }),
  person('warm', ['Aisha Rahman', '31', 'female', 'married'], ['Pharmacist', 'Master', '76,000 USD'], {
    beliefs: ['Money should not be earned with interest.'],
    notes: ['Looks for a takaful product.', 'Decides together with her husband.'],
    statements: ['If it is not halal, the price does not matter.'],
  }),
]

/** `LEAD-1001` … `LEAD-1012`, twelve people who differ in what they believe, fear and earn. */
export const prospects: readonly Prospect[] = people.map(({ beliefs, notes, statements, ...base }, index) => {
  const lead_id = `LEAD-${1001 + index}`
  const told = [
    ...beliefs.map((text) => ({ kind: 'belief' as const, text })),
    ...notes.map((text) => ({ kind: 'note' as const, text })),
    ...statements.map((text) => ({ kind: 'statement' as const, text })),
  ]
  return {
    lead_id,
    ...base,
    facts: told.map((fact, at) => ({ fact_id: `${lead_id}-F${at + 1}`, ...fact })),
  }
})
