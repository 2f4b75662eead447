"""The words by which ``moves`` tells a method from a result. Patterns only; no decisions."""

from __future__ import annotations

from osler.text.move_cues import TABLE

_DONE = (
    r"(?:randomi[sz]ed|randomly\s+\w+|allocated|assigned|chosen|recruited|enrolled|included|excluded"
    r"|selected|screened|searched|asked|invited|interviewed|surveyed"
    r"|followed(?:\s+up)?|collected|extracted|obtained|recorded|measured|assessed|evaluated"
    r"|analy[sz]ed|calculated|estimated|performed|carried\s+out|conducted|used"
    r"|administered|given|examined|studied|tested|reviewed|monitored|determined|applied|divided"
    r"|matched|stratified|pooled|defined|classified|graded|scored"
    r"|investigated|compared|treated|employed|undertaken|utili[sz]ed|computed|categori[sz]ed"
    r"|synthesi[sz]ed|combined|initiated|implemented|injected|infused"
    r"|immuni[sz]ed|incubated|cultured|isolated|prepared|purified|stained|sequenced|genotyped"
    r"|quantified|developed|designed|constructed|generated|established"
    r"|adjusted|titrated|scheduled|approached|identified|retrieved|abstracted|entered|registered"
    r"|subjected|instructed|trained|offered|prescribed|dosed|fed|housed"
    r"|sacrificed|killed|anaestheti[sz]ed|anestheti[sz]ed|implanted|transplanted|exposed"
    r"|challenged|stimulated|placed|taken|drawn|weighed|sampled|discarded"
    r"|validated|adapted|modified|ascertained|documented\s+using|tracked|traced|coded|blinded"
    r"|masked|eligible|available\s+for|derived\s+from|based\s+on"
    r"|considered\s+(?:to\s+be\s+)?(?:significant|eligible)"
    r"|requested|consulted|sent|distributed|mailed|contacted|evaluable|described|presented"
    r"|observed\s+for|planned|simulated|modell?ed|imaged|scanned|visuali[sz]ed|digiti[sz]ed"
    r"|reported\s+using)"
)
METHOD = TABLE.add(
    rf"""\b(?:(?:participants|outcomes?|end-?points?|sites?|data)\s+will\s+be\b
      |(?:was|were|are|is|will\s+be|have\s+been|has\s+been|had\s+been|being)\s+(?:then\s+
       |also\s+|all\s+|each\s+|both\s+|\w+ly\s+|subsequently\s+|not\s+|first\s+
       |either\s+|finally\s+|(?:\w+\s+)?times?\s+)*{_DONE}\b
      |(?:we|i|authors?|investigators?|reviewers?|researchers?)\s+(?:then\s+|also\s+|have\s+
        |\w+ly\s+|first\s+|next\s+|here\s+|further\s+|therefore\s+|thus\s+)*
         (?:used?|performed?|conduct(?:ed)?|enrolled|randomi[sz]ed|randomly|searched|included
         |excluded|measured|collected|analy[sz]ed?|recruited|reviewed|extracted|assigned|selected
         |calculated|estimated|obtained|administered|compared?|evaluated|assessed|examined?|followed
         |applied|employed|developed?|designed|undertook|carried|treated|recorded|gave|generated
         |constructed|created|engineered|tracked|quantified|surveyed|interviewed|asked|matched
         |pooled|considered|defined|tested|studied|monitored|sequenced|investigated|explored
         |determined|utili[sz]ed?|adopted|combined|implemented|modell?ed|simulated|took\s+advantage
         |present|describe|introduce|propose|report\s+(?:a|an|the|on|here|our|two|three)
         |established\s+an?|invited|screened|took|chose|set\s+up|presented|described)\b
      |(?:patients?|participants?|subjects?|women|men|children|infants|animals|rats|mice|volunteers
        |controls?|groups?|adults|individuals|dogs|rabbits|each|half|others?|group\s+\w|students
        |nurses|physicians|eyes|families|parents|respondents|people
        |households|all)\s+(?:[^\s.;]+\s+){{0,12}}?(?:received|completed|underwent|consumed|ingested
        |took
        |wore|participated|entered|filled|fill\s+out|attended|rated|scored|reported\s+using|provided
        |drank|performed|answered
        |gave\s+(?:\w+\s+)?consent)\b
      |(?:end-?\ ?points?|outcomes?|outcome\ measures?|measures?|endpoint|exclusion\ criteria
        |inclusion\ criteria|criteria|criterion)\s+(?:\w+\s+){{0,2}}?(?:was|were|is|are|included?
        |encompass(?:ed)?|comprised|consisted|will)\s+(?!significant|similar|better|worse|higher|lower|improved|more
        |less|not|also\s+(?:significant|improved|better)|comparable|good|excellent|poor|associated
        |achieved|observed|met|reached|seen|favou?rable|reported\s+in|found)
      |(?:study|trial|sample|cohort|protocol|dataset|population|review|experiments?|questionnaires?
        |survey|program(?:me)?|phase|regimen|intervention|assessments?|treatments?|procedure|series
        |analys[ei]s|groups?|measurements|evaluations?|evaluation)\s+(?:\w+\s+){{0,5}}?(?:included
        |consisted|comprised|was\s+an?|were\s+an?|is\s+an?|took\s+place|enrolled|recruited|lasted
        |began|covered|involved|used|employed|contained|followed|utili[sz]ed|received|consists?
        |comprises?|includes?|involves?|uses?)\b
      |(?:medline|pubmed|embase|cochrane|scopus|web\ of\ science|databases?|cinahl
        |psycinfo)\b[^.;]{{0,140}}\b(?:search\w*|quer\w*|through|from|up\s+to)
      |search(?:es)?\s+(?:of|was|were|strategy)|(?:using|by\ means\ of|according\ to)\s+(?:a|an
        |the)\s+(?:\w+\s+){{0,6}}(?:design|protocol|questionnaire|software|model|method|scale
        |technique|assay|criteria|approach|procedure)\W*$
      |(?:sample\s+size|statistical\s+analys[ei]s|power\s+calculation|informed\s+consent|ethic(?:s
        |al)\s+(?:approval|committee)|intention-to-treat\s+analysis\s+was|data\s+(?:on|from|for|were
        |was)\s)
      |(?:randomi[sz]ed|double-blind|single-blind|open-label|crossover|cross-over|placebo-controlled
        |multicent(?:er|re)|prospective|retrospective|cross-sectional|case-control
        |parallel-group)[^.;]{{0,120}}\b(?:trial|study|design|analysis|survey|fashion
        |manner)\b(?:\s+(?:of|in|with|at|from|comparing|involving)\b[^.;]{{0,150}})?\s*\.?$
      |will\s+(?:be\s+)?(?:\w+\s+)?(?:{_DONE}|receive|undergo|complete|assess|evaluate|compare
        |include|recruit|enrol)\b
      |(?:mean|median)\s+(?:age|follow-?\s?up|duration\s+of\s+follow)\b[^.;]{{0,40}}\b(?:was|of|were)\b
      |^\W*(?:using|following|after|based\s+on)\s[^,]{{3,160}},\s+(?:we
        |the\s+authors?)\s+(?:\w+\s+)?(?!found|show|observed|demonstrat|identif|report|detect|reveal
        |conclu|confirm|estimat))"""
)

# The design itself: these words tell what was done even beside a number or a comparison.
DESIGN = TABLE.add(
    r"""\b(?:(?:was|were|been|will\s+be)\s+(?:then\s+|also\s+|all\s+|each\s+|both\s+|\w+ly\s+
       |either\s+)*
         (?:randomi[sz]ed|randomly|allocated|assigned|recruited|enrolled|invited|interviewed
         |surveyed|eligible
         |screened|searched|extracted|excluded|stratified|matched|sacrificed|cultured|incubated|injected
         |(?:initially\s+)?given|administered|titrated|asked|followed\s+(?:up|for)|defined\s+as|built
         |included\s+in|divided\s+into|instructed|inquired|between\s+\d+\s+and\s+\d+\s+years)\b
      |(?:was|were)\s+(?:\w+\s+)?(?:calculated|determined|assessed|measured|detected|evaluated
        |analy[sz]ed
         |compared|estimated|quantified|confirmed|obtained|performed|identified|examined|tested|defined
         |studied|collected|recorded|treated|done|made|built|carried\s+out|conducted|investigated)
         \s+(?:\w+\s+)?(?:using|by|with|via|through|according|from|every|weekly|daily|before|to)\b
      |(?:patients|participants|subjects|women|men|children|groups?|controls|all|volunteers|animals
        |half|others)
         \s+(?:\([^)]{1,30}\)\s+)?(?:received|underwent|completed|consumed|ingested)\b
      |(?:specialists?|physicians?|reviewers?|raters?|observers?|assessors?|therapists?|readers?
        |experts?
         |pathologists?|radiologists?|clinicians?|investigators?|authors?|nurses?)\s+(?:who\s+\w+\s+)?
         (?:independently\s+|blindly\s+|retrospectively\s+|then\s+)*(?:assessed|rated|reviewed|scored
         |evaluated|extracted|screened|examined|graded|recorded|selected|searched)\b
      |(?:primary|secondary|main|composite|independent|dependent|outcome)\s+(?:\w+\s+){0,2}?(?:outcomes?
         |end-?points?|variables?|measures?)\s+(?:\w+\s+){0,2}?(?:was|were|included?|is|are|comprised)\b
         (?!\s+(?:significant|similar|better|worse|higher|lower|improved|not|met|reached|achieved
         |observed
         |seen|reported|comparable|reduced|increased|more|less))
      |(?:assessments?|interviews?|questionnaires?|analys[ei]s|study|review|evaluation)\s+focused\s+on
      |(?:study|trial)\s+(?:screened|enrolled|recruited|randomi[sz]ed|included)
      |comprised\s+the\s+(?:\w+\s+)?(?:group|cohort|sample)|served\s+as\s+(?:\w+\s+){0,2}?controls?
      |(?:all|eligible|enrolled|included)\s+(?:\w+\s+)?(?:patients|subjects|participants|women|men
        |children)
         \s+(?:had|were|with|who)\b)"""
)

# Numbers or words that only a result has.
STRONG_RESULT = TABLE.add(
    r"""\bp\s*(?:-?values?\s*)?[<=>≤]\s*0?\.\d+|\b95\s*%\s*(?:ci|confidence\s+intervals?)[^.;]{0,14}\d
      |\bsignificantly\s+(?:\w+er\b|more|less|reduced|increased|improved|decreased|different|associated
         |correlated|better|worse|affect|differ)|\b(?:no|a|not|was|were|statistically)\s+significant
      |\bno\s+(?:\w+\s+){0,2}?differences?|\b(?:higher|lower|greater|longer|shorter|more|less|better
        |fewer)
         \s+(?:\w+\s+){0,6}?than\b|\d\s*%\)?\s+(?:had|of|were|was|experienced|showed|reported|developed
         |achieved|improved|survived|responded|completed|failed)|\b(?:did|does|do)\s+not\b
      |\bassociated\s+with\b|\bcorrelated\b|\b(?:resulted\s+in|led\s+to|yielded|revealed|showed)\b"""
)

# A passive in the past, whatever its verb.
PAST_PASSIVE = TABLE.add(
    r"\b(?:was|were)\s+(?:then\s+|also\s+|\w+ly\s+|not\s+)*\w{3,}(?:ed|wn|en|ung)\b"
)

# What came of it, strong enough to outweigh a method's verb in the same sentence.
OUTCOME = TABLE.add(
    r"""\b(?:significant(?:ly)?|no\s+(?:\w+\s+){0,3}?(?:differences?|changes?|effects?
       |evidence\s+(?:that|for)|associations?|cases?|deaths?|patients?)
      |p\s*[<=>≤]\s*0?\.\d+|confidence\s+interval|95\s*%\s*ci|(?:odds|hazard|risk|rate
        |relative)\s+ratio|relative\s+risk
      |than|(?:superior|inferior)(?!ity)|associated\s+with|correlat(?:ed|es|ion)|effective(?:ly)?
        |(?:was|were)\s+(?:higher|lower|similar|greater|reduced|increased|improved|decreased
        |comparable|found|observed|noted|seen|detected|reported\s+(?:in|by)|achieved
        |well\s+tolerated|associated)
      |(?:increased|decreased|reduced|improved|declined|fell|rose|dropped|worsened|prolonged|lowered
        |inhibited|suppressed|prevented|abolished|enhanced|elevated)\s+(?:\w+ly|by|from|to|in|the
        |after|with|during|at|both|survival|mortality)
      |(?:did|does|do|was|were|could)\s+not\b|adverse\s+(?:events?|effects?|reactions?)\s+(?:were
        |was|occurred|included)|most\s+common(?:ly)?
      |similar\s+to|required\s+for|participates|survival\s+(?:rate|was)|mortality\s+(?:rate|was)|response\s+rate|died|there\s+(?:was
        |were)\s+(?:only|no|an?)
        |(?:\d|\))\s*%\s*(?:\(|had|experienced|showed|reported|developed|achieved|improved|survived
        |of\s+(?:the\s+)?(?:patients|participants|subjects|women|men|children
        |cases)\b)
      |suggest(?:s|ed|ing)?|indicat(?:es|ed|ing)\s+that|demonstrat(?:es|ed|ing)|reveal(?:s|ed|ing)
        |show(?:s|ed|ing|n)?\b|result(?:ed|ing|s)\s+in|led\s+to|caus(?:ed|ing)|yielded
      )"""
)
