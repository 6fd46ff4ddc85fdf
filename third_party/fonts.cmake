# Inter (OFL-1.1, three weights) and Material Icons (Apache-2.0), embedded into the program by gui/CMakeLists.txt.
mailpoint_fetch(inter inter-0.4.2.tgz b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9
  "npm"
  NPM @expo-google-fonts/inter@0.4.2 SOURCE_SUBDIR none)
mailpoint_fetch(material_icons material-icons-13.1.4.tgz a6283de27a5b739cb7ee59b170adf3343fb56ce39e16b34b4704405112bce16c
  "npm"
  NPM @react-native-vector-icons/material-icons@13.1.4 SOURCE_SUBDIR none)
FetchContent_MakeAvailable(inter material_icons)
set(MAILPOINT_FONT_INTER_DIR "${inter_SOURCE_DIR}" PARENT_SCOPE)
set(MAILPOINT_FONT_ICONS "${material_icons_SOURCE_DIR}/fonts/MaterialIcons.ttf" PARENT_SCOPE)
