"""The words by which ``moves`` tells what a sentence does. Patterns only; no decisions."""

from __future__ import annotations

import re

from osler.text.cue_search import CueTable

TABLE = CueTable()

ADMINISTRATIVE = TABLE.add(
    r"""^\W*(?:copyright\b|©|\(c\)\s|key\s?words?\b
      |medical\s+subject\s+headings?\b|mesh\s+terms?\b|trial\s?registration|registration\b|funding\b
       |funded\s+by
      |\(?funded\s|supported\s+by|clinical\s?trials?\b[^.]{0,40}(?:nct|isrctn|number|identifier|registr)
      |all\s+rights\s+reserved|published\s+(?:by|in)\b|this\s+article\s+is\s+protected|doi\b|https?:
        |www\.
      |\(?(?:nct|isrctn|chictr|umin|actrn|eudract)\W?\d|the\s+authors?\s+(?:declare|have\s+no
        |report\s+no)
      |conflicts?\s+of\s+interest|supplement(?:ary|al)\s+(?:data|material|information)
        |level\s+of\s+evidence
      |(?:this\s+)?(?:study|trial|review|protocol)\s+(?:is|was
        |has\s+been)\s+(?:also\s+)?(?:registered|funded|supported)
      |(?:(?:pro|retro)spectively\s+)?registered\s+(?:at|with|in|as|on|under)\b|abstract\b\W*$|editor'?s?\s+note|correspond\w+\s+(?:author
        |to)\b)
    |\b(?:nct\d{8}|isrctn\d{5,}|crd42\d+)\W*$|\ball\s+rights\s+reserved
      |\bpublished\s+by\s+(?:elsevier|wiley|john)
    |\bregistered\s+(?:at|with|in|on)\b.{0,80}(?:registr|clinicaltrials|prospero|nct|isrctn)
    |\bprotocol\s+(?:is|was)\s+registered|\blast\s+assessed\s+as\s+up-to-date""",
)

IMPERATIVE = re.compile(
    r"^\W*(?:(?:If|In|For|When|During|After|Before)\s[^,]{3,80},\s+)?(?:do not|Do not|avoid|Avoid"
    r"|Discontinue|discontinue|Monitor|monitor"
    r"|Administer|administer|Consider|consider|Withhold|withhold|Initiate|Advise|advise|Instruct"
    r"|Offer|Give"
    r"|Start|Stop|Prescribe|Refer|Assess|Obtain|Evaluate|Perform|Reduce|reduce|Increase|Inject"
    r"|Interrupt|Titrate"
    r"|Ensure|Counsel|Use|use|Check|Measure|Repeat|Confirm|Ask|Never|Always|Take|Store|Warn|Inform"
    r"|Treat|Adjust"
    r"|Counsel|Screen|Verify|Recommend|Suspend|Limit|Switch|Swallow|Maintain|Encourage|Exclude|Delay)"
    r"\s+(?!of\b|and\b|in\b|with\b|was\b|were\b|is\b|are\b|by\b|versus\b|at\b|among\b|rates?\b"
    r"|outcomes?\b|to\b)",
)

TITLE_CLAIM = TABLE.add(
    r"""\b(?:reduces|increases|improves|prevents|causes|inhibits|induces|promotes|predicts
       |enhances|decreases
      |protects|suppresses|attenuates|regulates|mediates|activates|contributes|modulates|is|are|does
        |do|has|have
      |impairs|ameliorates|leads|affects|delays|lowers|raises|restores|blocks|drives|requires
        |controls|can|may)\b"""
)

PLANNED = TABLE.add(
    r"""\b(?:will|shall)\s+(?:also\s+)?(?:be\s+)?(?:establish|examin|investigat|assess|evaluat|determin|test|recruit
      |randomi[sz]|enrol|compar|explor|collect|analy[sz]|measur|report|includ|receiv|undergo|follow)\w*\b
      |\b(?:is|are)\s+planned\b|\bwe\s+expect\b|\b(?:has|have|remains?)\s+yet\s+to\s+be\b
      |\bwill\s+be\s+important\s+to\b|\b(?:is|are)\s+currently\s+under\s?way\b"""
)
POINTER = TABLE.add(
    r"""^\W*(?:discusses|reviews|describes|presents|examines|argues|reports|summari[sz]es|outlines
       |explores|considers|addresses)\s+(?:an?|the|some|how|recent|current|two|three|several)\b
    |\b(?:(?:last|first|second|third|final|next)\s+)?(?:part|chapter|section|thesis|dissertation|volume
       |book|issue|essay)\s+(?:also\s+|then\s+)?(?:discuss|describe|review|summari[sz]e|cover|detail
       |present|outline|focus|examine|include|explore|consider|address|conclude|deal)(?:s|es|d|ed)?\b
    |\bwe\s+will\s+(?:\w+\s+)?(?:try|attempt|review|discuss|recapitulate|describe|focus|present|show
       |outline|summari[sz]e|examine|explore|address|consider)\b
    |\breviews?\s+(?:some|recent|the\s+(?:current|recent|available|existing|latest))\b[^.]{0,40}
       \b(?:developments?|advances?|literature|evidence|progress|studies|data)\b
    |\b(?:(?:further|future|additional|more|larger?|prospective|randomi[sz]ed|well-designed
         |long-?term|high-quality|other
       |controlled|clinical|adequately|confirmatory|continued|ongoing|better)\b[^.;]{0,90}?
       \b(?:stud(?:y|ies)|research|trials?|investigations?|work|data|evidence|evaluation|exploration
         |validation|analys[ei]s
         |experiments?|assessment|efforts?|information|confirmation|surveillance|follow-up
         |clarification|testing)\b[^.;]{0,80}?
       \b(?:(?:is|are|was|were|will\s+be|would\s+be|may\s+be|seems?)\s+(?:\w+ly\s+|still\s+|now\s+
         |also\s+|therefore\s+|thus\s+|to\s+be\s+|\w+\s+)?(?:needed|required|warranted|necessary
           |indicated|justified|recommended|essential|desirable|awaited|mandatory|suggested
           |encouraged|underway|in\s+progress|important|needed)
         |(?:should|must|need|needs|ought)\s+(?:\w+\s+)?(?:to\s+)?(?:be\s+(?:\w+\s+)?)?(?:undertaken
         |performed|conducted|done|carried|focus\w*|address\w*|investigat\w*|examin\w*
           |evaluat\w*|explor\w*|include|determin\w*|assess\w*|clarif\w*|confirm\w*|consider\w*
           |directed|pursued|aim\w*|test\w*|establish\w*|elucidat\w*|involve|compare)
         |(?:will|may|could|might|can|would)\s+(?:\w+\s+)?(?:be\s+\w+|help|clarify|determine|reveal
         |shed|elucidate|provide|explore|establish|address))
      |(?:need|needs|necessity|call|calls|scope|rationale|basis
        |justification)\s+for\s+(?:\w+\s+){0,2}?(?:further|future|additional|more|larger?
        |prospective|randomi[sz]ed|well-designed|new)\b
      |(?:warrants?|requires?|deserves?|merits?|need|needs|necessitates?
        |awaits?)\s+(?:\w+\s+)?(?:further|additional|more|future|prospective|larger?
        |careful)\s+(?:\w+\s+){0,3}(?:stud|investigat|research|evaluat|confirm|explor
           |validat|clarif|work|trial|assess|test|attention|elucidat|analys)\w*
      |(?:should|must|needs?|remains?|has|have|yet|requires?|ought)\s+(?:to\s+)?(?:be\s+)?(?:further
        |\w+ly\s+)?\s*(?:investigated|evaluated|studied|examined|explored|elucidated|confirmed
           |clarified|determined|validated|addressed|replicated|tested)\s+(?:further|in\s+(?:further
           |future|larger|prospective|additional|randomi[sz]ed|other|more|subsequent|well))\b
      |(?:remains?|needs?|has|have|yet|ought)\s+to\s+be\s+(?:\w+ly\s+|further\s+
        |better\s+)?(?:investigated|evaluated|studied|examined|explored|elucidated|confirmed
           |clarified|determined|validated|addressed|replicated|tested|established|defined|proven
           |seen|resolved|assessed|demonstrated|understood|identified|characteri[sz]ed|shown)
      |should\s+be\s+(?:further\s+)?(?:investigated|studied|explored|elucidated|replicated|validated)
      |should\s+be\s+interpreted\s+with\b|interpret\w*\s+with\s+caution
      |(?:is|are|will\s+be)\s+(?:also\s+|briefly\s+|critically\s+|then\s+|further\s+
        |\w+ly\s+)?(?:discussed|reviewed|summari[sz]ed|outlined|highlighted|presented\s+(?:here
        |in\s+this|along)|described\s+(?:here|in\s+this|in\s+detail)|considered\s+in\s+this
        |addressed|examined\s+in)
      |(?:is|are|were|was)\s+(?:also\s+|briefly\s+)?(?:presented|discussed|reviewed|described
        |addressed|outlined|illustrated|explored|highlighted|emphasi[sz]ed)\s*(?:\.|$|;|along\s+with
        |together\s+with|in\s+this|in\s+the\s+(?:text|article|paper))
      |(?:table|figure|fig\.?|appendix|box|supplement\w*)\s*\w{0,3}\s+(?:shows?|lists?|presents?
        |summari[sz]es?|illustrates?|depicts?|gives|provides|contains?|describes?|details)\b
      |(?:see|refer\s+to|listed\s+in|(?:shown|presented|given|summari[sz]ed|depicted|illustrated
        |provided)\s+in)\s+(?:the\s+)?\(?(?:table|figure|fig|appendix|box|section|supplement
        |full\s+prescribing|additional\s+file)
      |(?:article|paper|review|chapter|report|overview|manuscript|commentary|editorial|essay
        |monograph|section|presentation)\s+
         (?:also\s+|briefly\s+|critically\s+|aims?\s+to\s+|will\s+|then\s+|further\s+|thus\s+
         |therefore\s+)?(?:discuss|describe|review|summari[sz]e|cover|detail|present|outline|focus
         |examine|provide|highlight|explore|consider|address|survey|update|analy[sz]e|offer|trace
         |deal|concentrate|attempt|compare|evaluate|introduce|look|give|emphasi[sz]e|argue|assess
         |explain)(?:s|es)?\b
      |(?:here,?|herein,?)\s+(?:we|i|the\s+authors?)\s+(?:\w+ly\s+)?(?:review|discuss|describe
        |summari[sz]e|outline|highlight|present|provide|consider|explore|focus|offer|introduce
        |examine|address|propose|analy[sz]e|investigate|examined|investigated)\b
      |we\s+(?:also\s+|will\s+|then\s+|briefly\s+|further\s+|\w+ly\s+)?(?:review|discuss
        |summari[sz]e|outline|highlight|explore|focus|hope|present\s+(?:an?|the|our|here|data
        |results)|describe\s+(?:an?|the|our|here|how|two|three|four|five)|argue|call|offer|introduce
        |address|survey)\b
      |(?:the\s+)?authors?\s+(?:also\s+)?(?:review|discuss|summari[sz]e|outline|highlight|explore
        |present|describe|consider|examine|argue)\b
      |(?:remains?|is|are)\s+(?:\w+\s+)?(?:an?\s+)?open\s+(?:area|question|issue)
      |shed(?:s|ding)?\s+(?:new\s+|some\s+|further\s+)?light\s+on|pave(?:s|d)?\s+the\s+way
        |implications?\s+(?:of|for)\s[^.]{0,90}\b(?:are|is)\s+(?:also\s+)?(?:discussed|considered
        |reviewed|explored|addressed)
      |(?:directions?|areas?|avenues?|topics?|opportunit(?:y|ies)|perspectives?)\s+for\s+(?:further
        |future|additional)
      |provid(?:es?|ing)\s+(?:a|an|the|new|important|novel|valuable|useful|further
        |some)\s+(?:\w+\s+){0,3}(?:insights?|basis|foundation|framework|overview|rationale
        |starting\s+point|update|summary|resource)\b
      )"""
)

AIM_AS_ORDER = TABLE.add(
    r"""^\W*(?:To\s+)?(?:evaluate|determine|assess|investigate|compare|examine|explore|describe|identify
      |estimate|analy[sz]e|study)\s+(?:the\s+(?:\w+\s+){0,2}?(?:capabilit|abilit|efficac
      |effect|association|prevalence|incidence|impact|feasibilit|accuracy|relationship|correlation
      |role\b|frequency|differences?\b|performance|usefulness|outcomes?\s+of\b))"""
)
"""An aim worded like an order ("Evaluate the capability of different scanners …")."""

AIM = TABLE.add(
    r"""\b(?:(?:primary\s|main\s|secondary\s|overall\s|principal\s|specific\s|major\s|second\s
       |first\ |central\ )?(?:aims?|objectives?|purposes?|goals?|intention)\s+
         (?:(?:of|for|in)\s[^.;]{1,120}?\s+)?(?:is|was|were|are|being|has\s+been)\b
      |with\s+the\s+(?:aim|goal|objective|purpose|intention)\s+(?:of|to)
      |(?:we|study|trial|review|paper|article|work|analysis|meta-analysis|investigation|project
        |survey|thesis|report|authors?|experiments?|protocol)\s+(?:\w+ly\s+|here\s+|also\s+
        |therefore\s+|thus\s+)?(?:aim(?:s|ed)?|sought|seeks?|set\s+out|attempt(?:s|ed)?|intend(?:s
        |ed)?|wish(?:es|ed)?|wanted|tr(?:y|ies|ied)|endeavou?r(?:s|ed)?|strive[sd]?|hope(?:s
        |d)?)\s+(?:to|at)\b
      |(?:was|were|is|has\s+been)\s+(?:\w+ly\s+|therefore\s+|also\s+)?(?:designed|undertaken
        |conducted|performed|carried\s+out|initiated|planned|done|intended|set\s+up|launched|aimed
        |organi[sz]ed|made|commissioned|convened|directed|used)\s+(?:to|in\s+order\s+to
        |at)\s+(?!be\b|the\b|an?\b|week|day|month|base|\d)
      |(?:stud(?:y|ies)|trial|review|paper|article|analysis|investigation|work)\s+(?:\w+ly\s+
        |also\s+|further\s+)?(?:investigates?|investigated|examines?|examined|evaluates?|evaluated
        |assess(?:es|ed)|explores?|explored|compares?|compared|addresse[sd]|address|tests?\s+(?:the
        |whether|if)|tested\s+(?:the|whether|if)|determined\s+(?:the\s+(?:effect|efficacy|prevalence
        |incidence|impact|role)|whether|if)|analy[sz]es|asks|focus(?:es|ed)\s+on|looked\s+at
        |considers?|characteri[sz]es)\b
      |(?:study|trial|review|experiment|project|research)\s+(?:addresses|addressed)\s
      |(?:we|i)\s+(?:\w+ly\s+|have\s+|here\s+|also\s+|therefore\s+|thus\s+|then\s+|next\s+
        |further\s+)*(?:investigated?|examined?|explored?|assessed|evaluated?|tested|studied
        |determined?|compared?|analy[sz]ed?|asked|addressed|characteri[sz]ed|sought|questioned
        |wondered|report\s+(?:on\s+)?(?:the|an?|our|here)\s+(?:case|experience|use|results?\s+of
        |first\s+case)|ask|study|test)\s+
         (?:whether|if|how|the|in\s+|this|what|which|an?\b|possible|for\s+|long|short|potential|two
         |three|several|these|both|our|changes?|differences?|data|all|cost|its|their|factors|here)
      |aim(?:s|ed)\s+(?:at|to)\b|in\s+an\s+(?:effort|attempt)\s+to|this\s+(?:study|paper|review
        |article|trial|report|work|thesis|research|chapter)\s+(?:is|will)\s+(?:a|an|to|intended
        |designed|based|be|evaluate|assess|examine|compare|investigate|determine)\b
      |in\s+(?:this|the\s+present|the\s+current|our)\s+(?:\w+\s+){0,2}(?:study|paper|review|article
        |work|report|trial),?\s+(?:we|the\s+authors?|i)\s+(?:\w+ly\s+|have\s+
        |also\s+)?(?:investigate|examine|explore|assess|evaluate|test|study|studied|determine
        |compare|analy[sz]e|use|develop|review|describe|discuss|present|propose|address|focus
        |report\s+(?:on|the|an?|our)|provide|summari[sz]e|aim|consider|characteri[sz]e)(?:d|ed)?\b
      |to\s+(?:address|answer|clarify|resolve|test|examine|explore|investigate|determine|assess
        |evaluate)\s+(?:this|these|the|whether|if|how)\b[^.;]{0,90},\s+(?:we|this|the\s+(?:authors
        |present|current|effects?))
      )"""
)

TO_INFINITIVE = TABLE.add(
    r"""^\W*(?:(?:and|in\s+order|therefore,?|thus,?|finally,?|furthermore,?
       |in\s+addition,?)\s+)?to\s+(?:\w+ly\s+)?
      (?:determine|evaluate|assess|investigate|examine|compare|describe|review|study|test|explore
        |identify|estimate
      |analy[sz]e|measure|quantify|characteri[sz]e|develop|validate|establish|define|report|provide
        |summari[sz]e|present
      |find|clarify|elucidate|understand|verify|confirm|ascertain|address|gain|obtain|further|better
        |reduce|discuss|update
      |document|detect|elicit|optimi[sz]e|improve|demonstrate|systematic\w*|critically|design
        |highlight|observe|minimi[sz]e
      |prevent|avoid|overcome|answer|see|show|help|construct|create|build|prove|monitor|map|predict
        |increase|control|discover|look)\b"""
)
MAIN_CLAUSE_AFTER_COMMA = TABLE.add(
    r",\s*(?:\w+\s+){1,12}?(?:was|were|is|are|we|has|have|had|underwent|received|\w+ed)\b|,\s+we\b"
)

HYPOTHESIS = TABLE.add(
    r"""^\W*hypothes[ie]s\s*:|\b(?:(?:we|i|authors?|it\s+(?:is|was|has\s+been)|study|has\s+been|have\s+been|been|is|was
       |were|are)\s+(?:\w+ly\s+|therefore\s+|thus\s+|also\s+|further\s+|then\s+)?
         (?:hypothesi[sz]e[ds]?|postulate[ds]?|speculate[ds]?|theori[sz]ed?|conjectured?|reasoned
         |surmised?|assumed?\s+that|predicted\s+that|expected\s+that|predict\s+that|expect\s+(?:that
         |to)|anticipated?\s+that|propose\s+(?:that|a|an|the|here)|proposed\s+that|suspected\s+that)
      |(?:our|the|a|this|working|main|primary|study|central)\s+(?:\w+\s+)?hypothes[ie]s\s+(?:is|was
        |were|are|that|of)
      |tempting\s+to|conceivable\s+that|it\s+is\s+(?:therefore\s+)?possible\s+that
        |one\s+possib\w+\s+is|it\s+(?:could|might|may)\s+be\s+(?:that|speculated|hypothesi[sz]ed|argued)
      |we\s+(?:suspect|believed|presume|assume)\b|hypothesi[sz]ing|raises?\s+the\s+(?:possibility
        |question|hypothesis)|was\s+hypothesi[sz]ed|hypothesi[sz]ed\s+(?:that|to)
      )"""
)
TESTED = TABLE.add(
    r"(?:support(?:s|ed|ing)?|confirm(?:s|ed|ing)?|consistent\s+with|refut\w+|reject(?:s|ed)?"
    r"|contrary\s+to|contradict\w*"
    r"|in\s+line\s+with|accord\w*\s+with|agree\w*\s+with|evidence\s+for)\b[^.;]{0,60}\bhypothes"
    r"|contrary\s+to\s+(?:our|the)\s+hypothes"
)

PLAN = TABLE.add(
    r"\b(?:protocol|rationale\s+and\s+design|study\s+design|a\s+review|an?\s+overview|case\s+report)\b"
)

# What came of something: results of the sentence's own study.
REPORTED = TABLE.add(
    r"""\b(?:significant(?:ly)?|p\s*[<=>≤]\s*0?\.\d+|95\s*%\s*(?:ci|confidence)|were\s+(?:found
       |observed|higher|lower)|was\s+(?:found|observed|higher|lower|superior|effective)
      |(?:we|results?|findings|analysis|data|stud(?:y|ies)|trial|review)\s+(?:\w+ly\s+
        |also\s+)?(?:found|show(?:s|ed|n)?|demonstrate[ds]?|reveal(?:s|ed)?|suggest(?:s|ed)?
        |indicate[ds]?|confirm(?:s|ed)?|observed|conclude[ds]?)
      |(?:no|not)\s+\w*\s*differen(?:t|ce)|(?:reduced|increased|improved
        |decreased)\s+(?:the\s+)?(?:risk|rate|incidence|mortality|survival|level)s?
      )\b"""
)

OWN_FINDING = TABLE.add(
    r"""\b(?:(?:we|i|authors?)\s+(?:\w+ly\s+|have\s+|also\s+|here\s+|now\s+|further\s+|then\s+
       |therefore\s+|thus\s+|could\s+|were\s+able\s+to\s+)*(?:found|find|show|showed|shown
       |demonstrated?|observed?|conclude[ds]?|report(?:ed)?\s+that|identified|identify
       |confirm(?:ed)?|detected|noted|revealed?|discovered|establish(?:ed)?\s+that
       |provide\s+evidence|saw|uncovered|suggest|infer|failed|did\s+not|obtained\s+(?:evidence
       |similar))\b
      |(?:these|our|the|this|present|current|those)\s+(?:\w+\s+){0,3}?(?:results?|findings?|data
        |observations?|stud(?:y|ies)|analys[ei]s|trials?|review|meta-analysis|evidence|experiments?
        |work|report|discovery|case|series|experience|outcomes)\s+(?:\w+\s+){0,8}?(?:also\s+
        |\w+ly\s+|further\s+|thus\s+|therefore\s+|have\s+|has\s+|do\s+not\s+|does\s+not\s+
        |did\s+not\s+)*(?:show(?:s|ed|n)?|suggest(?:s|ed)?|indicate[ds]?|demonstrate[ds]?
        |support(?:s|ed)?|confirm(?:s|ed)?|reveal(?:s|ed)?|imply|implies|found
        |provide[ds]?\s+(?:strong\s+|further\s+|direct\s+|no\s+)?(?:evidence|support)|conclude[ds]?
        |identif(?:y|ies|ied)|establish(?:es|ed)?|argue\s+(?:for|against)|point\s+to|reinforce
        |strengthen|failed|showing|indicating|suggesting|underscore|emphasi[sz]e)\b
      |(?:it|this)\s+(?:is|was|can\s+be|may\s+be|has\s+been)\s+(?:therefore\s+|thus\s+)?(?:concluded
        |inferred)\s+that|(?:was|were)\s+(?:\w+ly\s+|also\s+|not\s+|only\s+)*(?:found|observed|noted
        |seen|detected|achieved|demonstrated|reported\s+(?:in|by)|shown|identified\s+(?:as|in)
        |documented|attained|associated|correlated|related)\b
      |(?:results?|analys[ei]s)\s+(?:\w+\s+){0,4}?(?:showed|revealed|demonstrated|indicated
        |identified|suggested|confirmed)
      )"""
)

# The study's own conduct, as an introduction mentions it.
CONDUCT = TABLE.add(
    r"""\b(?:we|our|this\s+(?:study|trial|review|paper|article|report|work|analysis|survey|case
       |research)|the\s+(?:present|current)\s+(?:study|trial|review|paper|work|analysis|report)
      |here(?:in)?\b,?\s+we|the\s+authors?|in\s+this\s+(?:study|paper|review|article|report|work
        |trial))\b"""
)

GAP = TABLE.add(
    r"""\b(?:(?:remains?|remained|is|are|was|were|has\s+been|have\s+been)\s+(?:still\s+|largely\s+
       |often\s+|\w+ly\s+|as\s+yet\s+|not\s+yet\s+|not\s+|less\s+|currently\s+|also\s+|yet\s+
       |an?\s+)*(?:unclear|unknown|uncertain|controversial|elusive|unresolved|undefined
       |undetermined|unexplored|unanswered|debated|disputed|inconclusive|inconsistent|conflicting
       |scarce|lacking|sparse|a\s+matter\s+of\s+debate|controversy|enigmatic|obscure
       |equivocal|understudied|under-?studied|underexplored|challenge|unproven|untested|not\s+known
       |open\s+question|under\s+(?:debate|discussion))\b
      |(?:not\s+(?:well\s+|fully\s+|completely\s+|clearly\s+|yet\s+|been\s+|entirely\s+
        |adequately\s+|sufficiently\s+|extensively\s+|previously\s+|been\s+\w+ly\s+)*(?:understood
        |known|established|studied|investigated|defined|characteri[sz]ed|examined|evaluated
        |elucidated|clear|explored|assessed|determined|documented|addressed|reported|described
        |tested|compared|clarified))
      |(?:poorly|incompletely|insufficiently|less\s+well|inadequately|rarely|seldom|never\s+been
        |not\s+been)\s+(?:\w+ly\s+)?(?:understood|known|studied|defined|characteri[sz]ed|documented
        |described|investigated|explored|examined|evaluated|established|reported|assessed|tested
        |addressed|determined|compared)
      |(?:very\s+)?little\s+(?:is|was|has\s+been|information|data|evidence|attention|research|work
        |knowledge|consensus)|(?:few|no|only\s+(?:a\s+)?few|limited|scarce|insufficient|lack\s+of
        |paucity\s+of|sparse|scant)\s+(?:\w+\s+){0,3}?(?:stud(?:y|ies)|data|information|trials?
        |reports?|research|consensus|guidelines?|knowledge|literature|investigations?)\b
      |it\s+(?:is|was|remains)\s+(?:still\s+|currently\s+|therefore\s+|also\s+|not\s+
        |\w+ly\s+)*(?:unclear|unknown|uncertain|not\s+known|not\s+clear|clear\s+(?:whether|if)
        |known\s+(?:whether|if|how)|debated|controversial|important\s+to\s+(?:know|understand
        |determine|identify|investigate|clarify))
      |questions?\s+(?:remain|about|of\s+whether|arise)|whether\s+[^.;]{3,160}?\s+(?:is|are|remains?
        |was|were|has|have)\s+(?:\w+\s+){0,4}?(?:unclear|unknown|uncertain|controversial|not\s+known
        |debated|studied|investigated|tested|examined|established|determined|elucidated)
      |(?:there\s+is|there\s+are)\s+(?:a\s+|an\s+|\w+\s+)?(?:need|ongoing\s+debate|debate
        |controversy|uncertainty|concerns?\s+(?:about|over|that)|interest\s+in|urgent\s+need
        |disagreement|no\s+consensus)|(?:need|needed)\s+(?:for|to)\s+(?:new|novel|better|effective
        |improved|understand|develop|identify)|gap(?:s)?\s+in|increasing\s+interest
        |growing\s+interest
      |are\s+(?:urgently\s+)?needed|is\s+(?:urgently\s+)?needed|is\s+(?:essential|important|crucial
        |critical)\s+(?:to|for)\s+(?:understand|know|determin|identif|develop)\w*
      )"""
)

RECOMMENDATION = TABLE.add(
    r"""\b(?:(?:we|guidelines?|panel|society|association|committee|experts?|college|academy
       |authors?|uspstf|task\s+force|organi[sz]ation|consensus|group
         |nice)\s+(?:\w+\s+){0,6}?(?:recommend|advise|advocate|suggest\s+(?:using|that\s+(?:clinicians
       |patients|physicians|all|routine)|against)|endorse|propose\s+that\s+(?:clinicians
       |patients))(?:s|d|ed)?\b
      |(?:is|are|be|been|was|were)\s+(?:\w+ly\s+|not\s+|also\s+|therefore\s+|generally\s+|now\s+
        |only\s+)*(?:recommended\s*(?![\w-]*\s*(?:dose|doses|dosage))|contraindicated|advised
        |advisable|discouraged|preferred|indicated\s+(?:for|in|when|as|if|to)|warranted\s+(?:in|for
        |when)|mandatory|not\s+indicated|first-line|(?:the\s+)?(?:treatment|drug|therapy
        |agent)s?\s+of\s+choice|approved\s+for)\b
      |should\s+(?:\w+ly\s+|not\s+|also\s+|always\s+|never\s+|only\s+|now\s+|therefore\s+
        |generally\s+|still\s+|all\s+)*(?:be|receive|undergo|have|consider|include|avoid|use|take
        |start|continue|remain|begin|ensure|monitor|not|discontinue|seek|follow|aim|maintain|offer
        |inform|provide|prescribe|become|make|focus|encourage|recogni[sz]e|know|treat|assess|discuss
        |advise|stop|recommend|involve|ask|screen|adopt|address|refer)\b
      |must\s+(?:not\s+|always\s+|also\s+)?(?:be|maintain|receive|have|avoid|consider|include|ensure
        |take)\b|ought\s+to\s+be|need(?:s)?\s+to\s+be\s+(?:\w+ly\s+)?(?:monitored|treated|aware
        |avoided|considered|adjusted|followed|reduced|performed|taken|given|screened|stopped|tailored)
      |it\s+(?:is|seems|would\s+be)\s+(?:\w+ly\s+|therefore\s+|also\s+)?(?:advisable|prudent
        |reasonable|mandatory|necessary|appropriate|recommended|essential|important|imperative|wise
        |preferable)\s+(?:to|that|for)
      |(?:treatment|drug|therapy|agent|method|procedure|test|approach|modality)s?\s+of\s+choice
        |drug\s+of\s+first\s+choice
      |(?:careful|close|regular|routine|caution\w*)\s+(?:\w+\s+){0,3}?(?:is
        |are)\s+(?:\w+ly\s+)?(?:recommended|advised|warranted|required|necessary|indicated|essential
        |needed)
      |caution\s+(?:is|should)|with\s+caution\s+in)"""
)

DEFINITION = TABLE.add(
    r"""(?:\b(?:is|are|was|were)\s+(?:\w+ly\s+|also\s+|usually\s+|commonly\s+
       |best\s+)?(?:defined\s+as|characteri[sz]ed\s+by|known\s+as|called|termed|referred\s+to\s+as
       |considered\s+(?:to\s+be\s+)?an?)\b
      |\brefers?\s+to\b|\bis\s+the\s+(?:term|name|medical)\b
      |^\W*(?:the\s+|an?\s+)?[a-z][^.;]{1,110}?\s(?:is|are)\s+(?:an?|the|one\s+of\s+the
        |among\s+the)\s+(?:[\w-]+,?\s+){0,7}?(?:disease|disorder|syndrome|condition|drug|agent
        |inhibitor|antagonist|agonist|antibody|protein|enzyme|hormone|receptor|gene|infection
        |tumou?r|cancer|neoplasm|malignancy|type|form|kind|class|group|family|subtype|cytokine|virus
        |bacterium|bacteria|organism|parasite|technique|method|procedure|medication|antibiotic
        |vaccine|steroid|blocker|analog(?:ue)?|derivative|molecule|compound|peptide|vitamin
        |complication|symptom|manifestation|illness|inflammation|member|metabolite|amino\s+acid
        |nutrient|biomarker|marker|isomer|prodrug|substrate|diuretic|anticoagulant|antidepressant
        |anticonvulsant|opioid|statin|insulin|neurotransmitter|growth\s+factor
        |transcription\s+factor|cause|reason|leading\s+cause|risk\s+factor|emergency|regulator
        |mediator|component|stimulator|modulator|activator|channel
        |kinase)s?\b(?!\s+(?:for\s+the\s+)?than))"""
)

RESULT = TABLE.add(
    r"""\b(?:significant(?:ly)?|p\s*[<=>≤]\s*0?\.\d+|95\s*%\s*(?:ci|confidence)
       |confidence\s+interval|(?:odds|hazard|risk|rate|relative|likelihood)\s+ratio|relative\s+risk
       |than|compared\s+(?:with|to)|versus|vs|associated\s+with|correlat\w+|in\s+conclusion
       |we\s+conclude|conclude[ds]?\b|
      (?:was|were)\s+(?:\w+ly\s+|also\s+|not\s+|no\s+)*(?:higher|lower|similar|greater|reduced
        |increased|improved|decreased|comparable|found|observed|noted|seen|detected|achieved
        |effective|tolerated|associated|superior|normal|present|absent|positive|negative|unchanged
        |better|worse|more|less|elevated|inhibited|needed)
      |increased|decreased|reduced|improved|declined|fell|rose|showed|revealed|demonstrated
        |indicated|exhibited|occurred|developed|experienced|resulted|led\s+to|produced|caused
        |induced|inhibited|prevented|remained|differed|responded|died|recovered
        |no\s+(?:\w+\s+)?difference|suggest(?:s|ed|ing)?|may|might|can|could|appears?\s+to
        |seems?\s+to)\b"""
)
STATISTIC = TABLE.add(
    r"\d\s*%|\b(?:n|p)\s*[=<>≤]\s*\d*\.?\d|\d+/\d+|±|\+/-|\b\d+(?:\.\d+)?\s*(?:\(|to\b)|95\s*%"
)
PAST = TABLE.add(r"\b(?:was|were|had|did|\w{3,}ed)\b")
