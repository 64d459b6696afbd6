package wire

// AppendChecked writes every text.
var AppendChecked = appendChecked
