package names

import "strings"

// WeChat Pay's paths and events run words together: tradebill for trade bill. These are all that
// are known. Only a word as a whole counts.
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
	// them together: names that it gave stand in generated code, and stay.
	gluedInNewNames = `block record, block submission, capital lhh, manage record, mch transfer, mch withdraw,
	micro pay, payment refund success, payment success, qq wallet bill, quota card expired,
	risk trade, sn code, user card`

	// gluedVerbs are taken apart by the plain rule, and are one verb to an import.
	gluedVerbs = `pre open, pre sign`
)

var (
	plain  = table(gluedWords, gluedVerbs)
	newest = table(gluedWords, gluedInNewNames)
)

// table is the words of phrases by what they are when run together.
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

// Apart returns the words that WeChat Pay ran together, in lower case, as an import takes them; nil
// for any other word.
func Apart(word string) []string { return newest[strings.ToLower(word)] }

// spelt is the Go spelling of words run together, by the plain rule.
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
