import { compilePhrases } from './phrase.ts'

/** Words of an emergency in a use that is none. A cue that lies within one of these is not one. */
export const IDIOMS = compilePhrases([
  [
    'idiom',
    `
    fire|smoke ~1 drill/s|extinguisher/s|exit/s|door/s|warden|station|escape|assembly|training|sprinkler/s|blanket|safety|hydrant|hose|alarm/s|detector/s|marshal|department|brigade|truck|place|certificate|inspection|watch|proof|retardant|code|permit
    smoke break/s
    smoking area|break|zone|room
    no|quit|stop smoking
    fire|fired him|her|me|us|somebody|employee|email|mail
    firewall|fireproof
    gas station|bill|pump|mask/s|cylinder/s|bottle/s|meter|price/s
    out of gas
    is|are|on ~1 fire|lit today
    blood pressure|test/s|donation|type|sugar|sample/s|group|bank|drive
    heart ~1 rate|monitor|broken
    from the heart
    battery|phone|engine|line|radio|signal|screen|laptop|motor|tablet|headset ~3 dead|dying|died
    dead ~1 end|line|battery|lift|weight|slow|tired
    phone|battery|laptop|radio ~2 die|dying
    dying ~1 to|of ~2 know|hear|see|eat|try|laughter|laughing|boredom|hunger
    dying to
    killing|kill ~1 it|time|me ~2 heat|boss|joke|traffic|shoes|laughing|meeting|schedule
    traffic|heat|schedule|meeting|noise|shoes|boss is|are killing me
    bored|scared|laughing|laughed to death
    shock ~1 absorber/s
    culture shock
    crush on|her|him
    stroke of luck|genius
    piston|pump|power|back|brush|four|two stroke
    stroke engine
    shoot|shooting ~2 photo/s|video|film|pictures|email|message|hoops
    shot ~2 photo/s|video|goal|coffee|picture/s
    flu|covid|vaccine|booster|screen|long|best|good|coffee|a shot
    shot up|list|of
    price/s|sales|demand|temperature|temp|numbers|stock/s|rate|costs ~2 exploded|explode|explosion|fell|falling|fallen|dropped|crashed|falls|collapsed
    system|server|app|software|computer|website|network|screen|program|laptop ~2 crash/ed|crashes|froze|collapsed|stuck|down|fell
    app|phone|radio|server|system|computer|website|printer|machine|tablet|he|she ~2 not|isnt|doesnt respond|responding ~2 email|emails|message|messages|touch|mail|calls
    app|phone|radio|server|system|computer|website|printer|machine|tablet ~2 not|isnt|doesnt respond|responding|move|moving
    telefono|sistema|aplicacion ~1 no responde
    fell|fall|falling|falls asleep|apart
    fell|fall|falling|falls behind ~1 schedule|on|with
    fell|fall|falls short|through ~1 of|plan|deal
    fall|fell ~1 in love
    falls under ~2 category|section|rule|policy|warranty
    fall arrest|protection|harness|semester|season|schedule|training
    stuck in|at ~1 traffic|meeting|office|work|home|queue
    stuck on|with ~2 level|question|form|page|task|problem|step|report
    key|drawer|door|paper|bolt|screw|nut|button|window|printer|zip|lid ~3 stuck|jammed
    machine|conveyor|belt|lift|elevator|forklift is|got stuck
    paper jam
    attached|attack surface
    passed ~1 out|away ~1 leaflets|flyers|forms|papers|leaflet|water
    pass out|around ~1 the|leaflets|flyers|forms|water
    knocked out ~2 task|report|work
    breath ~2 fresh|air|break
    fresh air
    no air conditioning|con|conditioner
    safety|training|first|emergency ~1 aid|exit|contact/s|number/s|kit|lighting|light/s|plan|stop|procedure/s|meeting|door|drill/s|brake
    pain ~2 neck|ass|butt
    hurt ~1 feelings|to ask
    wont|doesnt|not hurt to
    lost ~2 key/s|wallet|phone|badge|card|password|helmet|glove/s|tool/s|bag|receipt|ticket|order|signal|connection|job|game|file
    sick ~1 leave|day|note|pay|of
    im|i ~1 afraid ~1 the|that|not|we|i|you|it|so|he|she
    nose ~1 bleed|bleeding
    bleeding edge
    poison ivy
    blown away|up ~1 balloons|tyre|tire|balloon|pictures
    cut ~2 cable|wire|rope|pipe|wood|grass|board|tree|costs|hours|metal|paper|sheet
    threat ~1 model|level
    fighting ~1 spirit|chance|for
    panic button|bar
    burn/ed/t ~2 calories|toast|rice|food|bridge|cake|dinner|lunch|coffee|money
    burned|burnt out
    burnout
    flooded ~1 with
    leak ~1 test|check|detector
    oil|water|tap|roof|pipe|coolant ~2 leak/s/ing
    armed ~1 alarm|forces
    alarm|door|panel ~2 armed
    no way out of ~2 contract|meeting|deal
    hit ~1 by ~1 surprise
    hit target/s|goal|quota
    chemical store|storage|inventory|sheet|delivery
    life ~1 jacket/s|vest/s|insurance
    blast ~2 party|fun|time|game|evening|had
    had ~3 blast
    having|had|have ~1 fit|fits ~2 test|check|for
    hurry up|no
    no|any hurry
    not in a hurry
    accident report|free|book|insurance|statistics
    days|months|weeks|year|years ~2 without|since ~3 accident/s|injury|injuries`,
  ],
])
