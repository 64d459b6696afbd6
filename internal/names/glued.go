package names

import "strings"

// WeChat Pay's paths and events glue words together: tradebill for trade bill. These are all known
// ones. They apply to whole words only.
const (
	// gluedWords are taken apart in every name.
	gluedWords = `acquiring bank, auth code, auth info, bill download, bind recipient, brand stores, busi favor,
	business circle, change custom page status, change gold plan status, code pay, coupon codes,
	custom entrances, day end balance, edu school pay, elec sign, elec voucher file,
	end day balance, face mch, fapiao merchant, fund flow bill, get sp invite url, gold plan,
	ins policy mgr, list sp invite mch info, love feast, mch alter apply,
	mch contact alter applyment, mch subject alter applyment, member card, member card sp,
	merchant fund, merchant name alter applyment, merchant shopping receipt jump infos,
	mini program, offline face, offline face mch, palm service, pay after, pay gift activity,
	pay score, pending message, phone number, plat solution, prepaid message, profit sharing,
	red packet, register deduct info, return orders, scanned pos, service order,
	service pay on delivery order, service quotas, shopping receipts, sign file, smart guide,
	smart retail, speaker order, trade bill, transfer download, unbind recipient`

	// gluedInNewNames are taken apart in the names that an import proposes. The plain rule leaves
	// them together, since generated code has names by that rule already.
	gluedInNewNames = `block record, block submission, capital lhh, manage record, mch transfer, mch withdraw,
	micro pay, payment refund success, payment success, qq wallet bill, quota card expired,
	risk trade, sn code, user card`

	// gluedVerbs are taken apart by the plain rule. An import takes each for one verb.
	gluedVerbs = `pre open, pre sign`
)

var (
	plain  = table(gluedWords, gluedVerbs)
	newest = table(gluedWords, gluedInNewNames)
)

// table maps glued words to the words of their phrases.
func table(lists ...string) map[string][]string {
	t := map[string][]string{}
	for _, list := range lists {
		for phrase := range strings.SplitSeq(list, ",") {
			words := strings.Fields(phrase)
			t[strings.Join(words, "")] = words
		}
	}
	return t
}

// Apart returns the words of a glued word, in lower case, for an import; nil for any other word.
func Apart(word string) []string { return newest[strings.ToLower(word)] }

// spelt is the Go spelling of glued words by the plain rule.
var spelt = func() map[string][]string {
	t := map[string][]string{}
	for word, words := range plain {
		var pieces []string
		for _, w := range words {
			if own, ok := initialisms[w]; ok {
				pieces = append(pieces, own...)
			} else {
				pieces = append(pieces, capital(w))
			}
		}
		t[word] = pieces
	}
	return t
}()
