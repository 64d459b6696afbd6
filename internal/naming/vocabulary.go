package naming

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/names"
)

// verbs are the first words of segments that are actions. For GET only lookups are actions; the
// other words are nouns there (GET …/withdraw gets a withdrawal).
var verbs = strings.Fields(
	`activate add alter apply assess assign associate batch-create bind build cancel change check
	claim close commit complete confirm create deactivate decrypt delete deposit direct disassociate echo exchange find finish get
	import insert invalid invalidate issue list lock mark modify notify open pause pay pre prebind prepare prepay preauthorize
	preopen presign publish punch punish query recover recv redeclare refund register rename renew report resume response
	restart return reverse revoke schedule search send set start stop submit sync terminate transform transfer try unbind
	unfreeze unlock update upgrade upload use validate verify withdraw`)

// transitive are the verbs before a plural; endings are those behind their object.
var (
	transitive = strings.Fields("add associate disassociate insert query upload")
	endings    = strings.Fields("presign upload")
)

var lookups = strings.Fields("check decrypt find get list query search validate verify")

// spoken corrects verbs that the path spells as a noun or an adjective.
var spoken = map[string]string{"response": "respond", "invalid": "invalidate", "prepay": "prepay"}

// products are ways to pay or to sign: last segments of a POST without a verb.
var products = strings.Fields(
	`jsapi app h5 native codepay miniprogram mini-program mweb micropay scannedpos
	jsapi-with-contract app-with-contract exposure pay-redirect-sign`)

// selectors are literals that choose a number even without a parameter behind them.
var selectors = strings.Fields("out-bill-no transfer-bill-no")

// misspelt are words that WeChat Pay spells wrong.
var misspelt = map[string]string{"historys": "histories", "withdrawl": "withdrawal"}

// split returns the words of a segment, an event or a field. It splits at hyphens, underscores and
// dots, and takes glued words apart.
func split(s string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r == '-' || r == '_' || r == '.'
	}) {
		if right, ok := misspelt[strings.ToLower(w)]; ok {
			w = right
		}
		if apart := names.Apart(w); apart != nil {
			words = append(words, apart...)
		} else {
			words = append(words, w)
		}
	}
	return words
}

// isAction reports whether a segment is an action and not a resource.
func isAction(method, segment string) bool {
	words := split(segment)
	if len(words) == 0 || method != "POST" && method != "GET" && method != "PATCH" {
		return false
	}
	if method != "POST" {
		return slices.Contains(lookups, words[0]) || method == "PATCH" && words[0] == "open"
	}
	// associate-stores is an action, return-orders is a noun
	if singular(segment) != segment && len(words) > 1 {
		return slices.Contains(transitive, words[0])
	}
	return slices.Contains(verbs, words[0]) || len(words) > 1 &&
		slices.Contains(endings, words[len(words)-1]) ||
		strings.HasSuffix(segment, "-entrust-sign")
}

func verbOf(segment string) string {
	w := split(segment)[0]
	if s, ok := spoken[w]; ok {
		return s
	}
	return w
}

// oneOnly are words that end in s and are singular.
var oneOnly = strings.Fields("address always bonus business canvas customs express goods gps has " +
	"is previous process settings sms status success this wireless")

// irregular are plurals that the rules for endings get wrong.
var irregular = map[string]string{"taxies": "taxi", "news": "news", "codes": "code",
	"types": "type"}

// singular returns the segment with its last word in the singular.
func singular(segment string) string {
	words := split(segment)
	if len(words) == 0 {
		return segment
	}
	last := words[len(words)-1]
	one := singularWord(last)
	if one == last {
		return segment
	}
	words[len(words)-1] = one
	return strings.Join(words, "-")
}

func singularWord(w string) string {
	lower := strings.ToLower(w)
	if s, ok := irregular[lower]; ok {
		return s
	}
	if slices.Contains(oneOnly, lower) || len(w) < 4 {
		return w
	}
	for _, ending := range []string{"sses", "ches", "shes", "xes"} {
		if strings.HasSuffix(lower, ending) {
			return w[:len(w)-2]
		}
	}
	switch {
	case strings.HasSuffix(lower, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(lower, "ss"), strings.HasSuffix(lower, "us"),
		strings.HasSuffix(lower, "is"):
		return w
	case strings.HasSuffix(lower, "s"):
		return w[:len(w)-1]
	}
	return w
}
