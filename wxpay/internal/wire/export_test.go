package wire

// AppendChecked is what all texts are written with.
var AppendChecked = appendChecked
